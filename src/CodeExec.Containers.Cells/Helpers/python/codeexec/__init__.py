"""Shows images, tables, pages and charts beside what a program prints.

    from codeexec import display
    display(frame)                              # a table, a figure, a picture, a chart: whatever says how it looks
    display("<b>done</b>", mime="text/html")    # text of a type
    display(pathlib.Path("plot.png"))           # a file

What says how it looks does it as notebooks know it: `_repr_mimebundle_`, `_repr_html_`, `_repr_svg_`, `_repr_png_`, `_repr_jpeg_`,
`_repr_markdown_`, `_repr_json_`. Lists and dictionaries are shown as JSON, and what says nothing by its `repr`.

A display is a file in the folder that CODEEXEC_DISPLAY names: any program may write one there.
"""
__all__ = ["display"]

_ENDINGS = {
    "application/vnd.vegalite.v5+json": "json",
    "application/vnd.vegalite.v4+json": "json",
    "text/html": "html",
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "text/markdown": "md",
    "text/csv": "csv",
    "application/json": "json",
    "text/plain": "txt",
}
_METHODS = {
    "text/html": "_repr_html_",
    "image/svg+xml": "_repr_svg_",
    "image/png": "_repr_png_",
    "image/jpeg": "_repr_jpeg_",
    "text/markdown": "_repr_markdown_",
    "application/json": "_repr_json_",
}
_count = 0


def display(*things, mime=None, name=None):
    """Shows each of these; one that is shown again under its `name` takes the place of what it was. Returns the last one's name."""
    for thing in things:
        shown_as, content, own_name = _look(thing, mime)
        name_of_this = _write(content, _ENDINGS[shown_as] if shown_as else None, name or own_name)
    return name_of_this if things else None


def _look(thing, mime):
    """How it is shown: its type, its bytes, and the name it has."""
    import os

    if isinstance(thing, os.PathLike):
        with open(thing, "rb") as file:
            return mime and _known(mime), file.read(), os.path.basename(os.fspath(thing))
    if mime is not None:
        return _known(mime), _bytes(thing), None
    if isinstance(thing, (bytes, bytearray, memoryview)):
        return _image(bytes(thing)), bytes(thing), None
    if isinstance(thing, str):
        return "text/plain", _bytes(thing), None
    if not isinstance(thing, type):
        said = _said(thing)
        if said is not None:
            return (*said, None)
    if isinstance(thing, (dict, list)):
        return "application/json", _bytes(thing), None
    return "text/plain", _bytes(repr(thing)), None


def _said(thing):
    """What the thing itself says of how it looks: the richest of it."""
    bundle = _call(thing, "_repr_mimebundle_") or {}
    for mime in _ENDINGS:
        content = bundle.get(mime) if mime != "text/plain" else None
        if content is None and mime in _METHODS:
            content = _call(thing, _METHODS[mime])
        if content is None and mime == "image/png" and callable(getattr(thing, "savefig", None)):
            content = _drawn(thing)
        if content is not None:
            return mime, _bytes(content, is_image=mime.startswith("image/") and mime != "image/svg+xml")
    return None


def _call(thing, method):
    found = getattr(thing, method, None)
    said = found() if callable(found) else None
    return said[0] if isinstance(said, tuple) else said  # with metadata, as notebooks allow


def _drawn(figure):
    import io

    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", bbox_inches="tight")
    return drawn.getvalue()


def _bytes(content, is_image=False):
    if isinstance(content, str) and is_image:
        import base64

        return base64.b64decode(content)
    if isinstance(content, str):
        return content.encode("utf-8", "surrogateescape")
    if isinstance(content, (bytes, bytearray, memoryview)):
        return bytes(content)
    import json

    return json.dumps(content, ensure_ascii=False, default=str).encode()


def _image(content):
    for mime, begins in (("image/png", b"\x89PNG\r\n\x1a\n"), ("image/jpeg", b"\xff\xd8\xff"), ("image/gif", b"GIF8"), ("image/webp", b"RIFF")):
        if content.startswith(begins):
            return mime
    raise ValueError("These bytes are no image that is shown (PNG, JPEG, GIF, WebP). Say their type: display(data, mime=…).")


def _known(mime):
    if mime not in _ENDINGS:
        raise ValueError(f"{mime} is not shown. These are: {', '.join(_ENDINGS)}.")
    return mime


def _write(content, ending, name):
    """Under another name first: what has its name is complete."""
    import os
    from _thread import get_ident

    global _count
    folder = os.environ.get("CODEEXEC_DISPLAY", "/dev/shm/display")
    os.makedirs(folder, exist_ok=True)
    half = os.path.join(folder, f".{os.getpid()}-{get_ident()}")
    with open(half, "wb") as file:
        file.write(content)
    if name is not None:
        if "/" in name or name.startswith("."):
            raise ValueError(f"A display's name is that of a file, without folders and without a dot at its begin: {name!r} is none.")
        if ending is not None and not name.lower().endswith("." + ending):
            name = f"{name}.{ending}"
        os.replace(half, os.path.join(folder, name))
        return name
    while True:
        _count += 1
        try:
            os.link(half, os.path.join(folder, f"{_count}.{ending}"))
        except FileExistsError:
            continue  # another process of this program has shown something, too
        os.unlink(half)
        return f"{_count}.{ending}"
