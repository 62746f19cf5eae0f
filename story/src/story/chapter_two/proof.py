"""Scenes of the proof: a photo of the repair, shown to whoever reported it."""

from datetime import UTC, datetime

from demo_community.repair_photo import repair_photo

from story.graph import outcome
from story.stage import Person, Stage
from story.stopped import check
from story.words import at_clock, in_zh

_NOTE = "三号楼进水阀门已更换，水压恢复正常。"
_EXIF = b"Exif\x00\x00"


async def resolve(stage: Stage, steward: Person, issue_id: str) -> None:
    """Resolve with a photo; without one it is refused."""
    with stage.narrator.step(
        steward.who,
        f"{steward.who}办结。没有照片系统不收；拍一张传上去，再办结。",
        "Without evidence it is refused; a photo goes up by a ticket that is good once.",
    ) as step:
        bare = await stage.do(
            steward, "ResolveIssue", "resolveIssue", issueId=issue_id, note=_NOTE, photoIds=[]
        )
        check(bare["__typename"] == "EvidenceMissing", "outcome EvidenceMissing", bare)
        step.saw(f"{bare['code']}：{bare['message']}")
        made = await stage.do(steward, "CreatePhotoUpload", "createPhotoUpload", issueId=issue_id)
        ticket = outcome(made, "CreatePhotoUploadSuccess")
        taken = repair_photo(datetime.now(UTC))
        check(_EXIF in taken, "a photo that tells where it was taken", "no Exif")
        await stage.photos.send(ticket["uploadUrl"], taken)
        step.saw(f"照片 {ticket['photoId']}，{len(taken) // 1024} KB，带着定位")
        resolved = await stage.do(
            steward,
            "ResolveIssue",
            "resolveIssue",
            issueId=issue_id,
            note=_NOTE,
            photoIds=[ticket["photoId"]],
        )
        issue = outcome(resolved, "ResolveIssueSuccess")["issue"]
        step.saw(f"{_NOTE}  [{in_zh(issue['state'])}]")


async def see_proof(stage: Stage, reporter: Person, issue_id: str) -> None:
    """See the whole course of the matter, and the photo without the place it was taken at."""
    with stage.narrator.step(
        reporter.who,
        f"{reporter.who}打开这件事：每一步都在，照片里没有定位。",
        "Her page shows each step and the photo; what the telephone had added is gone.",
    ) as step:
        matter = (await stage.ask(reporter, "MyMatter", id=issue_id)).field("publicIssue")
        check(matter["mine"] and matter["role"] == "REPORTER", "her own matter", matter)
        (photo,) = matter["photos"]
        shown = await stage.photos.look_at(photo["url"])
        thumbnail = await stage.photos.look_at(photo["thumbnailUrl"])
        check(_EXIF not in shown and _EXIF not in thumbnail, "no metadata", photo["id"])
        check(len(thumbnail) < len(shown), "a smaller thumbnail", len(thumbnail))
        for entry in matter["timeline"]["nodes"]:
            step.saw(f"{at_clock(entry['at'])}  {entry['text']}")
        step.saw(f"照片 {photo['width']}×{photo['height']}，{len(shown) // 1024} KB，没有定位")
