// Judges notes and proofs with Go's own code. Standard input: one JSON array of cases; output: one verdict each.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type testCase struct {
	Kind, Note, Key, Secret, Text string
	Index, Size, OldSize          int64
	Leaf, Root, OldRoot           []byte
	Proof                         [][]byte
}

func main() {
	var cases []testCase
	if err := json.NewDecoder(os.Stdin).Decode(&cases); err != nil {
		panic(err)
	}
	for _, each := range cases {
		answer, err := judge(each)
		if err != nil {
			answer = "refused: " + err.Error()
		}
		line, _ := json.Marshal(answer)
		fmt.Println(string(line))
	}
}

func judge(c testCase) (string, error) {
	switch c.Kind {
	case "note":
		verifier, err := note.NewVerifier(c.Key)
		if err != nil {
			return "", err
		}
		_, err = note.Open([]byte(c.Note), note.VerifierList(verifier))
		return "accepted", err
	case "sign":
		signer, err := note.NewSigner(c.Secret)
		if err != nil {
			return "", err
		}
		signed, err := note.Sign(&note.Note{Text: c.Text}, signer)
		return string(signed), err
	case "inclusion":
		return "accepted", tlog.CheckRecord(hashes(c.Proof), c.Size, hash(c.Root), c.Index, hash(c.Leaf))
	case "consistency":
		return "accepted", tlog.CheckTree(hashes(c.Proof), c.Size, hash(c.Root), c.OldSize, hash(c.OldRoot))
	}
	return "", fmt.Errorf("no such kind of case")
}

func hash(data []byte) (found tlog.Hash) {
	copy(found[:], data)
	return
}

func hashes(all [][]byte) (found []tlog.Hash) {
	for _, each := range all {
		found = append(found, hash(each))
	}
	return
}
