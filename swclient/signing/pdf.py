# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signs a printed form so that any reader of PDF files shows whose signature it is and whether the file was changed.

pyHanko (the extra `pdf`) lays the place for the signature into the file; what goes there is the detached CMS that
every signer of ours makes, so tokens and national plug-ins sign PDF files too.
"""

from __future__ import annotations

import io
from importlib.util import find_spec
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_

if TYPE_CHECKING:
    from datetime import datetime

    from swclient.signing.signer import Signer

FIELD = "Signature"
RESERVED = 16_384
"""Bytes kept free for the signature; a certificate with its chain takes 2 to 8 thousand."""

_ABSENT = N_("Signed PDF files need the extra part “pdf” of this program: pip install swclient[pdf].")
_TOO_LONG = N_("The signature of {who} takes {n} bytes; a PDF file has room for {most} here.")


def sign_pdf(pdf: bytes, signer: Signer, at: datetime, reason: str = "") -> bytes:
    """Return the file with a signature over all of it added at its end; nothing of what was there changes.

    Args:
        pdf: the file.
        signer: who signs.
        at: when, with a time zone; told by the file, proved by nobody.
        reason: why, in a few words; shown by readers.

    Raises:
        UserError: the extra is not installed, or the signature is too long; or the signer cannot.
        OutsideError: the token or service did not sign.
    """
    if find_spec("pyhanko") is None:
        raise UserError(_ABSENT)
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
    from pyhanko.sign.signers.pdf_byterange import SignatureObject

    place = SignatureObject(
        subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED,
        timestamp=at,
        reason=reason or None,
        name=signer.name,
        bytes_reserved=2 * RESERVED,
    )
    steps = PdfCMSEmbedder(SigFieldSpec(FIELD)).write_cms(FIELD, IncrementalPdfFileWriter(io.BytesIO(pdf)))
    next(steps)
    steps.send(SigObjSetup(sig_placeholder=place))
    prepared, output = steps.send(SigIOSetup(md_algorithm="sha256"))
    whole = output.getvalue()
    signature = signer.sign(whole[: prepared.reserved_region_start] + whole[prepared.reserved_region_end :])
    if len(signature) > RESERVED - 1:
        raise UserError(_TOO_LONG, who=signer.name, n=len(signature), most=RESERVED)
    prepared.fill_with_cms(output, signature)
    return bytes(output.getvalue())
