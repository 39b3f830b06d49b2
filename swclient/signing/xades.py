# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""XAdES signatures of XML (ETSI EN 319 132, baseline B): inside the document, or in a file of their own beside it.

Canonical form is the exclusive one for every reference, and every reference says so by a transform of its own: without
it a verifier takes the inclusive form for the signed properties. In the inclusive form a document that travels in an
envelope with other name spaces would come out of it with a broken signature. Digests are SHA-256.
"""

from __future__ import annotations

import base64
import hashlib
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from swclient.signing.identity import Identity

DS = "http://www.w3.org/2000/09/xmldsig#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
ENVELOPED = f"{DS}enveloped-signature"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
_PROPERTIES = "http://uri.etsi.org/01903#SignedProperties"
_METHODS = {
    "rsa": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    "ec": "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
}
_NOT_XML = N_("What is to be signed is not well-formed XML: {reason}.")
_DOCTYPE = N_("The XML has a document type declaration; such a document is not signed. Take the declaration out.")


def sign_enveloped(content: bytes, identity: Identity, at: datetime | None = None) -> bytes:
    """Return an XML document with a signature over all of it as the last child of its root.

    Args:
        content: the document; without a document type declaration.
        identity: who signs; RSA or elliptic curve.
        at: the time that the signature claims; None = now.

    Raises:
        UserError: it is not well-formed XML, or has a document type declaration.
    """
    from lxml import etree

    root = _parsed(content)
    signature = _signature(identity, at, "", (ENVELOPED, EXCLUSIVE), _canonical(root.getroottree()))
    root.append(signature)
    _seal(signature, identity)
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)


def sign_beside(content: bytes, file_name: str, identity: Identity, at: datetime | None = None) -> bytes:
    """Return a signature over an XML document that lies in a file beside it.

    Args:
        content: the document, as in `sign_enveloped`.
        file_name: under which name a verifier finds it; it becomes the reference.
        identity: who signs.
        at: the time that the signature claims; None = now.

    Raises:
        UserError: as `sign_enveloped`.
    """
    from urllib.parse import quote

    from lxml import etree

    signature = _signature(identity, at, quote(file_name), (EXCLUSIVE,), _canonical(_parsed(content).getroottree()))
    _seal(signature, identity)
    return etree.tostring(signature, encoding="UTF-8", xml_declaration=True)


def _parsed(content: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UserError(_NOT_XML, reason=str(error)) from error
    about: Any = root.getroottree().docinfo
    if about.doctype:
        raise UserError(_DOCTYPE)
    return root


def _canonical(node: Any) -> bytes:
    from lxml import etree

    canonical: bytes = etree.tostring(node, method="c14n", exclusive=True, with_comments=False)
    return canonical


def _digest(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def _signature(identity: Identity, at: datetime | None, uri: str, transforms: tuple[str, ...], signed: bytes) -> Any:
    """Return a signature element whose references are digested, but which is not signed yet."""
    from lxml import etree

    mark = f"s{uuid.uuid4().hex}"
    signature = etree.Element(f"{{{DS}}}Signature", {"Id": mark}, nsmap={"ds": DS})
    info = _add(signature, DS, "SignedInfo")
    _add(info, DS, "CanonicalizationMethod", Algorithm=EXCLUSIVE)
    _add(info, DS, "SignatureMethod", Algorithm=_METHODS[_kind(identity)])
    _reference(info, {"Id": f"{mark}-document", "URI": uri}, transforms, _digest(signed))
    _add(signature, DS, "SignatureValue")
    held = _add(_add(signature, DS, "KeyInfo"), DS, "X509Data")
    for each in (identity.certificate, *identity.others):
        _add(held, DS, "X509Certificate", _base64(each))
    # In a document of its own the properties have the canonical form that they have in any other: it is exclusive.
    properties = _properties(signature, identity.certificate, mark, at or datetime.now(UTC))
    _reference(info, {"Type": _PROPERTIES, "URI": f"#{mark}-properties"}, (EXCLUSIVE,), _digest(_canonical(properties)))
    return signature


def _reference(info: Any, names: dict[str, str], transforms: tuple[str, ...], digest: str) -> None:
    reference = _add(info, DS, "Reference", **names)
    listed = _add(reference, DS, "Transforms")
    for algorithm in transforms:
        _add(listed, DS, "Transform", Algorithm=algorithm)
    _add(reference, DS, "DigestMethod", Algorithm=SHA256)
    _add(reference, DS, "DigestValue", digest)


def _properties(signature: Any, certificate: Certificate, mark: str, at: datetime) -> Any:
    """Add time, certificate and kind of the document to a signature; return what of it is signed."""
    from cryptography.hazmat.primitives.serialization import Encoding
    from lxml import etree

    holder = etree.SubElement(
        _add(signature, DS, "Object"),
        f"{{{XADES}}}QualifyingProperties",
        {"Target": f"#{mark}"},
        nsmap={"xades": XADES},
    )
    signed = _add(holder, XADES, "SignedProperties", Id=f"{mark}-properties")
    about = _add(signed, XADES, "SignedSignatureProperties")
    _add(about, XADES, "SigningTime", at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    cert = _add(_add(about, XADES, "SigningCertificateV2"), XADES, "Cert")
    digest = _add(cert, XADES, "CertDigest")
    _add(digest, DS, "DigestMethod", Algorithm=SHA256)
    _add(digest, DS, "DigestValue", _digest(certificate.public_bytes(Encoding.DER)))
    data = _add(signed, XADES, "SignedDataObjectProperties")
    form = _add(data, XADES, "DataObjectFormat", ObjectReference=f"#{mark}-document")
    _add(form, XADES, "MimeType", "text/xml")
    return signed


def _seal(signature: Any, identity: Identity) -> None:
    """Sign the references, where they stand now."""
    info, value = signature[0], signature[1]
    value.text = base64.b64encode(_raw(_canonical(info), identity)).decode()


def _raw(content: bytes, identity: Identity) -> bytes:
    """Return a signature as XML wants it: for an elliptic curve two numbers of one length, not DER."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

    key = identity.key
    if isinstance(key, ec.EllipticCurvePrivateKey):
        first, second = decode_dss_signature(key.sign(content, ec.ECDSA(hashes.SHA256())))
        length = (key.key_size + 7) // 8
        return first.to_bytes(length, "big") + second.to_bytes(length, "big")
    return key.sign(content, padding.PKCS1v15(), hashes.SHA256())


def _kind(identity: Identity) -> str:
    from cryptography.hazmat.primitives.asymmetric import ec

    return "ec" if isinstance(identity.key, ec.EllipticCurvePrivateKey) else "rsa"


def _base64(certificate: Certificate) -> str:
    from cryptography.hazmat.primitives.serialization import Encoding

    return base64.b64encode(certificate.public_bytes(Encoding.DER)).decode()


def _add(parent: Any, space: str, name: str, text: str | None = None, /, **attributes: str) -> Any:
    from lxml import etree

    child = etree.SubElement(parent, f"{{{space}}}{name}", attributes)
    child.text = text
    return child
