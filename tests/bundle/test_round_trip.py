"""What is written reads back as the same study, to the last character, from a folder and from a zip."""

import io
import stat
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from analysis.bundle.faults import BundleError
from analysis.bundle.reader import read, unpacked
from analysis.bundle.writer import packed, write
from analysis.study.records import Comment, Wording
from analysis.study.study import Study
from tests.bundle.generated_studies import studies
from tests.bundle.tiny import folder_of, tiny_bundle, zip_of
from tests.data.small_study import small_study, study_of_every_kind

MSCOS = Path(__file__).parents[2] / "studies" / "mscos_2022"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(studies())
def test_a_written_study_reads_back_as_the_same_study(study: Study) -> None:
    assert unpacked(packed(study)) == study


@pytest.mark.parametrize("study", [small_study(), study_of_every_kind()], ids=["small", "every kind"])
def test_a_folder_and_a_zip_read_back_as_the_same_study(study: Study, tmp_path: Path) -> None:
    write(study, tmp_path / "bundle")
    write(study, tmp_path / "bundle.zip")
    assert read(tmp_path / "bundle") == study == read(tmp_path / "bundle.zip")


def test_the_mscos_bundle_reads_back_as_the_same_study() -> None:
    study = read(MSCOS)
    assert unpacked(packed(study)) == study


def test_a_bundle_written_by_hand_reads_back_from_the_writers_files() -> None:
    by_hand = unpacked(zip_of(tiny_bundle()))
    assert unpacked(packed(by_hand)) == by_hand


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    study = study_of_every_kind()
    assert packed(study) == packed(unpacked(packed(study)))
    write(study, tmp_path / "bundle.zip")
    assert (tmp_path / "bundle.zip").read_bytes() == packed(study)


def test_equal_studies_give_equal_bytes_whatever_the_order_of_their_mappings() -> None:
    study = study_of_every_kind()
    turned = replace(study, documents=dict(reversed(study.documents.items())))
    assert turned == study
    assert packed(turned) == packed(study)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "'=1+1",
        "''=1",
        "'tis",
        "+44",
        "- I agree",
        "@you",
        "\tx",
        "\rx",
        "a\r\nb",
        'say "x", y',
        "a\u2028b\x85c\x0bd",
    ],
)
def test_a_comment_keeps_every_character(text: str) -> None:
    study = replace(small_study(), comments=(Comment("1", "s1", None, text),))
    assert unpacked(packed(study)).comments[0].comment == text


def test_wordings_stand_by_language_so_that_their_files_keep_their_order() -> None:
    mixed = (
        Wording("en", "home", "Home", ""),
        Wording("cy", "home", "Cartref", ""),
        Wording("en", "work", "Work", ""),
    )
    study = replace(study_of_every_kind(), wordings=mixed)
    assert [wording.language for wording in study.wordings] == ["cy", "en", "en"]
    assert unpacked(packed(study)) == study


@pytest.mark.parametrize(("text", "word"), [("a\0b", "NUL"), ("a\ud800b", "Unicode")])
def test_a_text_that_no_bundle_can_hold_is_refused_before_anything_is_written(
    text: str, word: str, tmp_path: Path
) -> None:
    study = replace(small_study(), comments=(Comment("1", "s1", None, text),))
    with pytest.raises(BundleError, match=rf"comments\.csv, line 2: .*{word}"):
        write(study, tmp_path / "bundle")
    assert list(tmp_path.iterdir()) == []


def test_a_cell_that_is_too_long_to_read_is_refused_before_anything_is_written() -> None:
    study = replace(small_study(), comments=(Comment("1", "s1", None, "x" * 100_001),))
    with pytest.raises(BundleError, match=r"comments\.csv, line 2, comment: .*at most 100000 characters"):
        packed(study)


def test_a_document_of_another_name_is_refused() -> None:
    with pytest.raises(BundleError, match=r"contacts\.csv"):
        packed(replace(small_study(), documents={"contacts.csv": "x"}))


def test_a_bundle_is_replaced_as_a_whole_and_nothing_is_left_over(tmp_path: Path) -> None:
    write(study_of_every_kind(), tmp_path / "bundle")
    write(small_study(), tmp_path / "bundle")
    assert read(tmp_path / "bundle") == small_study()
    assert [entry.name for entry in tmp_path.iterdir()] == ["bundle"]


def test_a_folder_with_other_files_is_not_replaced(tmp_path: Path) -> None:
    folder = folder_of({"thesis.docx": b"mine"}, tmp_path / "folder")
    with pytest.raises(BundleError, match=r"thesis\.docx"):
        write(small_study(), folder)
    assert (folder / "thesis.docx").read_bytes() == b"mine"


def test_a_folder_that_cannot_take_its_place_leaves_the_old_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(small_study(), tmp_path / "bundle")
    rename = Path.rename

    def fails_for_the_new_folder(self: Path, target: Path) -> Path:
        if target.name == "bundle" and (self / "ballots.csv").exists():
            raise OSError("disk full")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails_for_the_new_folder)
    with pytest.raises(OSError, match="disk full"):
        write(study_of_every_kind(), tmp_path / "bundle")
    assert read(tmp_path / "bundle") == small_study()
    assert [entry.name for entry in tmp_path.iterdir()] == ["bundle"]


def test_a_zip_that_packs_too_well_is_stored_so_that_it_can_be_read() -> None:
    study = replace(small_study(), comments=tuple(_long_comments()))
    assert unpacked(packed(study)) == study


def _long_comments() -> list[Comment]:
    outcomes = [outcome.code for outcome in small_study().outcomes]
    return [Comment(r, p, o, "x" * 90_000) for r in "12" for p in ("s1", "s2") for o in outcomes]


def test_the_zip_holds_ordinary_files_without_a_time_of_their_own() -> None:
    with zipfile.ZipFile(io.BytesIO(packed(small_study()))) as archive:
        members = archive.infolist()
    assert [member.filename for member in members][:2] == ["study.toml", "outcomes.csv"]
    # 1 January 1980 is the earliest time that a zip can hold.
    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}
    assert {member.external_attr >> 16 for member in members} == {stat.S_IFREG | 0o644}
