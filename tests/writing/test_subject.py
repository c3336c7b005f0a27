"""SEE-5: one stable subject per case, one Re:, one tag of ours."""

import pytest

from dplmaild.writing.subject import subject_of

OURS = "DPL-2026-0042"


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        pytest.param("Deploy 11.0.2", "Re: Deploy 11.0.2 [DPL-2026-0042]", id="plain"),
        pytest.param("Re: Deploy", "Re: Deploy [DPL-2026-0042]", id="one Re: stays one"),
        pytest.param("AW: RE: RV: Re[2]: Deploy", "Re: Deploy [DPL-2026-0042]", id="answers of many languages"),
        pytest.param("Re: Deploy [DPL-2026-0042]", "Re: Deploy [DPL-2026-0042]", id="our tag once"),
        pytest.param("[DPL-2026-0042] Re: Deploy [dpl-2026-0001]", "Re: Deploy [DPL-2026-0042]", id="tag in front"),
        pytest.param("[Ticket#96002] Deploy", "Re: [Ticket#96002] Deploy [DPL-2026-0042]", id="other tags stay"),
        pytest.param("Fwd: Deploy", "Re: Fwd: Deploy [DPL-2026-0042]", id="a forward stays a forward"),
        pytest.param("Release: Deploy", "Re: Release: Deploy [DPL-2026-0042]", id="a word that begins like Re"),
        pytest.param("", "Re: Deployment [DPL-2026-0042]", id="no title"),
        pytest.param("Re:", "Re: Deployment [DPL-2026-0042]", id="nothing but Re:"),
        pytest.param("a\r\nBcc: b@example.com", "Re: a Bcc: b@example.com [DPL-2026-0042]", id="no second header"),
        pytest.param("Des\u202eploy", "Re: Desploy [DPL-2026-0042]", id="direction marks"),
    ],
)
def test_subjects(title: str, subject: str) -> None:
    assert subject_of(title, OURS, "Deployment") == subject


def test_it_is_stable() -> None:
    once = subject_of("AW: Deploy", OURS, "Deployment")
    assert subject_of(once, OURS, "Deployment") == once


def test_a_very_long_title_is_cut_but_keeps_the_tag() -> None:
    subject = subject_of("x" * 5000, OURS, "Deployment")
    assert len(subject) < 220
    assert subject.endswith("… [DPL-2026-0042]")


def test_without_a_reference_there_is_no_tag() -> None:
    assert subject_of("Deploy", None, "Deployment") == "Deploy"
