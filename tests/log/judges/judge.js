// Judges checkpoints and inclusion proofs with the code of @sigstore/verify. Standard input: one JSON array of cases;
// output: one verdict each. The first argument is the folder that holds node_modules.
const path = require('path');
const { createPublicKey } = require('crypto');
const from = (name) => require(path.join(process.argv[2], 'node_modules/@sigstore/verify/dist/tlog', name));
const { verifyCheckpoint } = from('checkpoint.js');
const { verifyMerkleInclusion } = from('merkle.js');

const bytes = (text) => Buffer.from(text, 'base64');
const ED25519 = Buffer.from('302a300506032b6570032100', 'hex');

function judge(c) {
  const publicKey = createPublicKey({ key: Buffer.concat([ED25519, bytes(c.Public)]), format: 'der', type: 'spki' });
  const tlog = { logID: bytes(c.KeyID), baseURL: `https://${c.Origin}`, publicKey };
  const entry = {
    canonicalizedBody: bytes(c.Body),
    inclusionProof: { logIndex: String(c.Index), hashes: c.Proof.map(bytes), checkpoint: { envelope: c.Note } },
  };
  verifyMerkleInclusion(entry, verifyCheckpoint(entry, [tlog]));
  return 'accepted';
}

for (const each of JSON.parse(require('fs').readFileSync(0, 'utf8'))) {
  try {
    console.log(JSON.stringify(judge(each)));
  } catch (fault) {
    console.log(JSON.stringify(`refused: ${fault.message}`));
  }
}
