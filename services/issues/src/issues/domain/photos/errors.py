"""What can be refused about photos."""

from issues.domain.errors import DomainError


class TooManyPhotos(DomainError):
    """The photos of an issue are bounded, and those of one person among them."""

    code = "TOO_MANY_PHOTOS"
    message = "照片已达上限：每个事项反映人9张，每位处理人30张，合计100张。"


class PhotoNotFound(DomainError):
    """No such photo, or none that may be shown at this address any more."""

    code = "PHOTO_NOT_FOUND"
    message = "没有找到这张照片。"


class PhotoRefused(DomainError):
    """What was sent is not kept; each kind says why."""

    code = "PHOTO_REFUSED"
    message = "照片未被接收。"


class PhotoTicketInvalid(PhotoRefused):
    """The ticket is wrong, used up or too old: all of them look the same."""

    code = "PHOTO_TICKET_INVALID"
    message = "上传凭证无效或已过期，请重新获取后再上传。"


class PhotoAlreadyUploaded(PhotoRefused):
    """The ticket's one photo is another one."""

    code = "PHOTO_ALREADY_UPLOADED"
    message = "这个凭证已上传过另一张照片，请重新获取凭证。"


class PhotoIncomplete(PhotoRefused):
    """The body broke off, or did not come in time; the ticket stays as good as it was."""

    code = "PHOTO_INCOMPLETE"
    message = "照片没有上传完整，请重试。"


class PhotoBusy(PhotoRefused):
    """So many photos come in that this one found no room in time; the ticket stays good."""

    code = "PHOTO_BUSY"
    message = "正在上传的照片较多，请稍后重试。"


class PhotoTooLarge(PhotoRefused):
    """A photo has at most 10 MB."""

    code = "PHOTO_TOO_LARGE"
    message = "照片不能超过10 MB。"


class PhotoNotAnImage(PhotoRefused):
    """The bytes are no JPEG, PNG or WebP picture, or a broken one."""

    code = "PHOTO_NOT_AN_IMAGE"
    message = "无法识别为图片，请上传完整的JPEG、PNG或WebP照片。"


class PhotoTooManyPixels(PhotoRefused):
    """A JPEG has at most 40 million pixels, a PNG or WebP picture 12.5 million."""

    code = "PHOTO_TOO_MANY_PIXELS"
    message = "照片像素过多：JPEG不超过4000万，PNG或WebP不超过1250万。"
