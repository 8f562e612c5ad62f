"""The JSON of an audit, in both directions."""

from service.audits.schemas.keeping import KeepRequest
from service.audits.schemas.request import AuditRequest
from service.audits.schemas.response import AuditResponse

__all__ = ["AuditRequest", "AuditResponse", "KeepRequest"]
