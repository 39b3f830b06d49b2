# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""XML that means harm, in the clothes of every document that strangers send us."""

from collections.abc import Callable, Iterator

MEGABYTE = 1 << 20
ROOTS = (
    "<ED_Container><ContainerDoc><DocBody><ESADout_CU>{}</ESADout_CU></DocBody></ContainerDoc></ED_Container>",
    '<ESADout_CU xmlns="urn:customs.ru:Information:CustomsDocuments:ESADout_CU:5.23.0"><x>{}</x></ESADout_CU>',
    "<ErrorList><BadDocument><Error><ErrDescription>{}</ErrDescription></Error></BadDocument></ErrorList>",
    "<NotifGTDRegistration><RegistrationDate>{}</RegistrationDate></NotifGTDRegistration>",
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def root_name(root: str) -> str:
    """The name of the outermost element, which a DOCTYPE must carry."""
    return root[1:].split(" ", maxsplit=1)[0].split(">", maxsplit=1)[0]


def _bomb(levels: int, width: int) -> str:
    lines = ['<!ENTITY e0 "ha">']
    lines += [f'<!ENTITY e{n} "{f"&e{n - 1};" * width}">' for n in range(1, levels)]
    return "".join(lines)


def with_doctypes(root: str, secret: str, port: int) -> Iterator[tuple[str, bytes]]:
    """Documents with a DOCTYPE: each must be refused, and nothing that it names be opened."""
    name = root_name(root)
    subsets = {
        "empty": ("", "x"),
        "entity": ('<!ENTITY a "b">', "&a;"),
        "billion": (_bomb(10, 10), "&e9;"),
        "quadratic": (f'<!ENTITY a "{"a" * 100_000}">', "&a;" * 10_000),
        "xxe_file": (f'<!ENTITY a SYSTEM "file://{secret}">', "&a;"),
        "xxe_http": (f'<!ENTITY a SYSTEM "http://127.0.0.1:{port}/a">', "&a;"),
        "xxe_attribute": (f'<!ENTITY a SYSTEM "file://{secret}"><!ATTLIST y z CDATA "&a;">', "<y/>"),
        "parameter": (f'<!ENTITY % p SYSTEM "file://{secret}">%p;', "x"),
        "out_of_band": (f'<!ENTITY % p SYSTEM "http://127.0.0.1:{port}/dtd">%p;', "x"),
        "php": ('<!ENTITY a SYSTEM "php://filter/read=convert.base64-encode/resource=/etc/passwd">', "&a;"),
        "recursive": ('<!ENTITY a "&b;"><!ENTITY b "&a;">', "&a;"),
        "notation": (f'<!NOTATION n SYSTEM "file://{secret}"><!ENTITY a SYSTEM "file://{secret}" NDATA n>', "x"),
    }
    for label, (subset, inside) in subsets.items():
        yield f"doctype-{label}", f"{HEAD}<!DOCTYPE {name} [{subset}]>{root.format(inside)}".encode()
    for label, external in {
        "external_file": f'SYSTEM "file://{secret}"',
        "external_http": f'SYSTEM "http://127.0.0.1:{port}/x.dtd"',
        "public": f'PUBLIC "-//X//Y" "http://127.0.0.1:{port}/y.dtd"',
    }.items():
        yield f"doctype-{label}", f"{HEAD}<!DOCTYPE {name} {external}>{root.format('x')}".encode()
    sly = f'<!DOCTYPE {name} [<!ENTITY a SYSTEM "file://{secret}">]>{root.format("&a;")}'
    yield "doctype-utf16", ('<?xml version="1.0" encoding="UTF-16"?>' + sly).encode("utf-16")
    yield "doctype-late", (HEAD + f"<!-- {'-' * 1}x{'y' * 300_000} -->" + sly).encode()
    yield "doctype-spaces", (HEAD + " \n\t" * 1000 + sly).encode()
    yield "doctype-latin1", ('<?xml version="1.0" encoding="ISO-8859-1"?>' + sly).encode("latin-1")
    yield "doctype-ebcdic", ('<?xml version="1.0" encoding="cp037"?>' + sly).encode("cp037")


def of_size(root: str) -> Iterator[tuple[str, bytes]]:
    """Documents that are too much: in depth, in width, in length."""
    for label, inside in {
        "deep": "<a>" * 200_000 + "</a>" * 200_000,
        "deep_modest": "<a>" * 5_000 + "</a>" * 5_000,
        "wide": "<a/>" * 1_500_000,
        "attributes": "<a " + " ".join(f'a{n}=""' for n in range(1_100_000)) + "/>",
        "text": "x" * (17 * MEGABYTE),
        "comment": f"<!--{'c' * (17 * MEGABYTE)}-->",
        "cdata": f"<![CDATA[{'d' * (17 * MEGABYTE)}]]>",
        "instructions": "<?a b?>" * 1_100_000,
        "namespaces": "<a " + " ".join(f'xmlns:n{n}="urn:{n}"' for n in range(1_100_000)) + "/>",
    }.items():
        yield f"size-{label}", (HEAD + root.format(inside)).encode()


def broken(root: str) -> Iterator[tuple[str, bytes]]:
    """Documents that are none."""
    whole = (HEAD + root.format("x")).encode()
    yield "broken-cut", whole[: len(whole) // 2]
    yield "broken-tail", whole + b"\nHTTP/1.1 200 OK headers=List(a, b)"
    yield "broken-two", whole + whole
    yield "broken-nul", whole.replace(b">x<", b">x\x00<")
    yield "broken-control", whole.replace(b">x<", b">x\x01<")
    yield "broken-bytes", whole.replace(b">x<", b">\xff\xfe<")
    yield "broken-encoding", whole.replace(b"UTF-8", b"UTF-7")
    yield "broken-nobody_knows", whole.replace(b"UTF-8", b"x-evil")
    yield "broken-reference", whole.replace(b">x<", b">&a;<")
    yield "broken-characters", whole.replace(b">x<", b">&#0;&#xFFFFFFFF;<")


def reaching_out(root: str, secret: str, port: int) -> Iterator[tuple[str, bytes]]:
    """Well-formed documents that name something outside: they may be read, nothing outside may be."""
    include = f'<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="file://{secret}" parse="text"/>'
    yield "outside-xinclude", (HEAD + root.format(include)).encode()
    style = f'<?xml-stylesheet href="http://127.0.0.1:{port}/s.xsl" type="text/xsl"?>'
    yield "outside-stylesheet", (HEAD + style + root.format("x")).encode()
    hint = (
        f'<a xmlns:s="http://www.w3.org/2001/XMLSchema-instance" '
        f's:schemaLocation="urn:x http://127.0.0.1:{port}/x.xsd" s:noNamespaceSchemaLocation="file://{secret}"/>'
    )
    yield "outside-schema", (HEAD + root.format(hint)).encode()


def numbers(root: str) -> Iterator[tuple[str, bytes]]:
    """Figures that swell where they are read."""
    for label, text in {
        "exponent": "1E+999999999",
        "long": "9" * 1_000_000,
        "nan": "NaN",
        "infinite": "Infinity",
    }.items():
        inside = f"<GrossWeightQuantity>{text}</GrossWeightQuantity><Amount>{text}</Amount>"
        yield f"number-{label}", (HEAD + root.format(inside)).encode()


def all_of(secret: str, port: int) -> Iterator[tuple[str, bytes, bool]]:
    """Every document: name, bytes, whether it must be refused."""
    kinds: tuple[tuple[Callable[..., Iterator[tuple[str, bytes]]], tuple[object, ...], bool], ...] = (
        (with_doctypes, (secret, port), True),
        (of_size, (), True),
        (broken, (), True),
        (reaching_out, (secret, port), False),
        (numbers, (), False),
    )
    for root in ROOTS:
        for make, told, refused in kinds:
            for label, content in make(root, *told):
                yield f"{root_name(root)}-{label}.xml", content, refused
