"""The desk serves the published log to anybody, and nothing else by those addresses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from desk.app import create_app
from desk.ports import DeskPorts
from ledger.log.checkpoint import Checkpoint, sign
from ledger.log.folder import LogFolder
from ledger.log.keys import LOG, FileSigner
from ledger.log.published import PublishedLog
from ledger.log.tiles import TileTree, grow

SIGNER = FileSigner("forthwith.example/log", LOG, bytes(32))


@pytest.fixture
def client(ports: DeskPorts, tmp_path: Path) -> httpx2.AsyncClient:
    """A stranger at a desk whose log may have been published to the folder."""
    app = create_app(replace(ports, log=PublishedLog(tmp_path)))
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="https://desk.example")


@pytest.fixture
def published(tmp_path: Path) -> TileTree:
    folder = LogFolder(tmp_path)
    folder.write(grow(folder.read, 0, [bytes([each]) * 32 for each in range(7)]))
    tree = TileTree(folder.read, 7)
    folder.publish(str(sign(Checkpoint(SIGNER.key.name, 7, tree.root()), [SIGNER])), f"{SIGNER.key}\n")
    return tree


async def test_a_stranger_gets_checkpoint_keys_tiles_and_proofs(
    client: httpx2.AsyncClient, published: TileTree
) -> None:
    checkpoint = await client.get("/log/checkpoint")
    assert checkpoint.text.splitlines()[:2] == ["forthwith.example/log", "7"]
    assert checkpoint.headers["content-type"] == "text/plain; charset=utf-8"
    assert (await client.get("/log/keys")).text == f"{SIGNER.key}\n"
    tile = await client.get("/log/tile/0/000.p/7")
    assert (len(tile.content), tile.headers["content-type"]) == (7 * 32, "application/octet-stream")
    assert "immutable" in tile.headers["cache-control"]
    proof = await client.get("/log/proof/7")
    assert proof.text.startswith("c2sp.org/tlog-proof@v1\nindex 6\n")
    assert proof.text.endswith(checkpoint.text)


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/000.p/8",
        "tile/0/001",
        "tile/0/%2e%2e/checkpoint",
        "proof/8",
        "proof/0",
    ],
)
async def test_what_is_not_in_the_log_is_not_found(
    client: httpx2.AsyncClient, published: TileTree, path: str
) -> None:
    assert (await client.get(f"/log/{path}")).status_code == 404


@pytest.mark.parametrize("path", ["checkpoint", "keys", "tile/0/000", "proof/1"])
async def test_before_anything_is_published_there_is_nothing(client: httpx2.AsyncClient, path: str) -> None:
    assert (await client.get(f"/log/{path}")).status_code == 404
