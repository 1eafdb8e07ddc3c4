"""A folder and a zip are read alike; nothing else than a bundle's files comes in."""

import contextlib
import io
import os
import stat
import zipfile
from pathlib import Path

import pytest

from analysis.bundle import container
from analysis.bundle.faults import BundleError, Fault
from analysis.bundle.reader import read, unpacked
from tests.bundle.tiny import folder_of, tiny_bundle, zip_of

PLAIN_NAME = "a plain file name: nothing outside the bundle"
NOT_IN_A_FOLDER = "the files themselves, not in a folder inside the bundle"


def zip_with(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """Return the tiny bundle's zip with more members."""
    buffer = io.BytesIO(zip_of(tiny_bundle()))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        for member, data in members:
            archive.writestr(member, data)
    return buffer.getvalue()


def faults_of_zip(data: bytes) -> tuple[Fault, ...]:
    with pytest.raises(BundleError) as caught:
        unpacked(data)
    return caught.value.faults


def test_a_zip_reads_as_a_folder_does(tmp_path: Path) -> None:
    packed = tmp_path / "tiny.zip"
    packed.write_bytes(zip_of(tiny_bundle()))
    assert read(packed) == read(folder_of(tiny_bundle(), tmp_path / "tiny"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../evil.csv", PLAIN_NAME),
        ("a/../../evil.csv", PLAIN_NAME),
        ("..\\evil.csv", PLAIN_NAME),
        ("/etc/passwd", PLAIN_NAME),
        ("\\\\server\\share", PLAIN_NAME),
        ("C:evil.csv", PLAIN_NAME),
        ("tiny/panel.csv", NOT_IN_A_FOLDER),
        ("tiny\\panel.csv", NOT_IN_A_FOLDER),
        ("Panel.csv", "each file only once"),
    ],
)
def test_a_name_that_leads_elsewhere_is_a_fault(name: str, expected: str) -> None:
    assert Fault(name, None, "", name, expected) in faults_of_zip(zip_with((name, b"x")))


@pytest.mark.parametrize(
    "name", ["notes.txt", "outcomes.EN.csv", "outcomes..csv", ".DS_Store", "study.toml~"]
)
def test_an_unknown_file_is_a_fault_that_names_the_known_ones(name: str) -> None:
    (fault,) = faults_of_zip(zip_with((name, b"x")))
    assert fault.found == name
    assert fault.expected.startswith("one of: study.toml, outcomes.csv, lineage.csv")


@pytest.mark.filterwarnings("ignore:Duplicate name")  # the zip is made wrong on purpose
def test_a_file_that_is_there_twice_is_a_fault() -> None:
    fault = Fault("panel.csv", None, "", "panel.csv", "each file only once")
    assert faults_of_zip(zip_with(("panel.csv", b"x"))) == (fault,)


def test_a_link_or_folder_in_a_zip_is_a_fault() -> None:
    link = zipfile.ZipInfo("synthetic.toml")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    faults = faults_of_zip(zip_with((link, b"/etc/passwd"), ("inside/", b"")))
    assert Fault("synthetic.toml", None, "", "a link", "the file itself") in faults
    assert Fault("inside/", None, "", "a folder", "a file") in faults


def test_a_link_folder_or_pipe_in_a_folder_is_a_fault(tmp_path: Path) -> None:
    folder = folder_of(tiny_bundle({"README.md": None}), tmp_path / "tiny")
    (folder / "README.md").symlink_to("/etc/hostname")
    (folder / "deeper").mkdir()
    os.mkfifo(folder / "synthetic.toml")
    with pytest.raises(BundleError) as caught:
        read(folder)
    found = [(fault.file, fault.found) for fault in caught.value.faults]
    assert ("README.md", "a link") in found
    assert ("deeper", "a folder") in found
    assert ("synthetic.toml", "no ordinary file") in found


def test_a_zip_bomb_is_refused_by_what_it_declares() -> None:
    size = 8 * 2**20
    (fault,) = faults_of_zip(zip_with(("synthetic.toml", b"\0" * size)))[:1]
    assert fault.found.startswith(f"{size} bytes")
    (fault,) = faults_of_zip(zip_of(tiny_bundle({"ratings.csv": b"0" * size})))[:1]
    assert (fault.file, fault.expected) == ("ratings.csv", "at most 100 to 1")
    assert fault.found.startswith(f"{size} bytes packed into")


def test_a_zip_that_lies_about_a_size_is_refused() -> None:
    data = bytearray(zip_of(tiny_bundle({"README.md": b"a" * 5000})))
    truth, lie = (5000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    lying = bytes(data).replace(truth, lie)
    assert Fault("README.md", None, "", "damaged data", "a zip that is whole") in faults_of_zip(lying)


def test_files_together_may_not_be_larger_than_a_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(container, "LARGEST_BUNDLE_BYTES", 1000)
    with pytest.raises(BundleError) as caught:
        read(folder_of(tiny_bundle(), tmp_path / "tiny"))
    assert any(fault.expected == "at most 1000 bytes in all files" for fault in caught.value.faults)


def test_too_many_files_are_refused() -> None:
    many = [(f"file_{number}.csv", b"") for number in range(200)]
    faults = faults_of_zip(zip_with(*many))
    assert any(fault.expected == "at most 100 files" for fault in faults)
    assert len(faults) <= container.MOST_FILES + 1


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_unusual_packing_method_is_refused(method: int) -> None:
    member = zipfile.ZipInfo("synthetic.toml")
    member.compress_type = method
    (fault,) = faults_of_zip(zip_with((member, b"seed = 1\n" * 1000)))
    assert fault.expected == "a zip packed the usual way (deflate)"


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(zip_of(tiny_bundle()))
    central = data.rindex(b"PK\x01\x02")  # the last member's entry in the directory; its flags are 8 bytes on
    data[central + 8] |= 1
    (fault,) = faults_of_zip(bytes(data))
    assert fault.found == "an encrypted file"


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip", zip_of(tiny_bundle())[:-10]])
def test_what_is_no_zip_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "tiny.zip"
    path.write_bytes(data)
    with pytest.raises(BundleError, match=r"tiny\.zip: found .*, expected a folder, or a zip that is whole"):
        read(path)


def test_a_zip_damaged_at_any_byte_gives_a_study_or_faults_and_nothing_else() -> None:
    whole = zip_of(tiny_bundle())
    study = unpacked(whole)
    for place in range(0, len(whole), 7):
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        with contextlib.suppress(BundleError):
            assert unpacked(bytes(damaged)) == study


def test_a_path_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="nowhere: found nothing, expected a folder, or a zip of one"):
        read(tmp_path / "nowhere")
