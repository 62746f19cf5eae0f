"""What can be refused of an import, each with a code and a sentence."""

from residents.domain.errors import ResidentsError
from residents.domain.imports.file_size import LARGEST_FILE_BYTES


class ImportNotFound(ResidentsError):
    """No such import in the caller's community."""

    code = "IMPORT_NOT_FOUND"
    message = "找不到该导入批次。"


class ImportNotChecked(ResidentsError):
    """Only what was read and compared can be accepted."""

    code = "IMPORT_NOT_CHECKED"
    message = "该导入批次尚未核对完成，或已经结束，不能确认导入。"


class ImportInProgress(ResidentsError):
    """One import of a community is applied at a time."""

    code = "IMPORT_IN_PROGRESS"
    message = "本社区另有一个导入批次正在写入，请等它完成后再确认导入。"


class ImportUnderway(ResidentsError):
    """What was accepted is applied to the end."""

    code = "IMPORT_UNDERWAY"
    message = "该导入批次已确认导入，不能再放弃。"


class UploadRefused(ResidentsError):
    """A file that is not taken in; nothing of it is kept.

    Attributes:
        status: of the HTTP answer.
    """

    status = 422


class FileTooLarge(UploadRefused):
    """More bytes than a ledger has."""

    code = "IMPORT_FILE_TOO_LARGE"
    message = f"文件超过 {LARGEST_FILE_BYTES // 1_000_000} MB，请检查是否选错了文件。"
    status = 413


class FileTypeUnsupported(UploadRefused):
    """Said to be something else than a workbook."""

    code = "IMPORT_FILE_TYPE_UNSUPPORTED"
    message = "只接受 .xlsx 或 .xlsm 格式的 Excel 工作簿，旧版 .xls 请另存为 .xlsx 后再上传。"
    status = 415


class FileNotWorkbook(UploadRefused):
    """Said to be a workbook, and is not."""

    code = "IMPORT_FILE_NOT_WORKBOOK"
    message = "文件内容不是 Excel 工作簿，请用 Excel 另存为 .xlsx 后再上传。"


class UploadIncomplete(UploadRefused):
    """Fewer bytes came than were announced."""

    code = "IMPORT_UPLOAD_INCOMPLETE"
    message = "文件没有传完，请重新上传。"


class TooManyImports(UploadRefused):
    """More files in an hour than an office has."""

    code = "RATE_LIMITED"
    message = "一小时内上传的文件过多，请稍后再试。"
    status = 429


class NothingToImport(ResidentsError):
    """No sheet has the columns of a ledger, or none has a row."""

    code = "IMPORT_NOTHING_FOUND"
    message = "文件中没有可导入的内容，请检查是否选错了文件，表头是否有门牌、姓名等列。"


class WorkInterrupted(ResidentsError):
    """Work that is to stop here, and says nothing against the file."""


class ImportWaits(WorkInterrupted):
    """Another import of the community is not at its end yet."""

    code = "IMPORT_WAITS"
    message = "本社区的上一个导入批次尚未完成，稍后会自动继续。"


class WorkSuperseded(WorkInterrupted):
    """Another process works on this batch since; this one is to stop."""

    code = "IMPORT_WORK_SUPERSEDED"
    message = "该导入批次已由另一进程接手。"
