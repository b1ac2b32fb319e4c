"""Why a platform gave no answer at all, as the rest of a sentence with the cure.

What the HTTP library says itself is never passed on: it quotes addresses, and so what is in them.
"""

import requests

PROXY = (
    "cannot be reached through the proxy of this machine; check HTTPS_PROXY or HTTP_PROXY, or add "
    "the platform's host to NO_PROXY"
)
SILENT = "; see that it runs and that url in secrets.toml is right"
UNTRUSTED = (
    ("WRONG_VERSION_NUMBER", "does not speak https; write http:// in secrets.toml if that is so"),
    ("has expired", "has a certificate that has expired; tell whoever runs it"),
    ("not valid for", "has a certificate of another host; check url in secrets.toml"),
    ("doesn't match", "has a certificate of another host; check url in secrets.toml"),
    (
        "",
        "has a certificate nobody here trusts; name a file with your organization's in "
        "REQUESTS_CA_BUNDLE",
    ),
)


def why(reason: Exception, connect_s: float, read_s: float) -> str:
    """What is wrong, by what the HTTP library raised."""
    said = str(reason)
    match reason:
        case requests.exceptions.SSLError():
            return next(says for sign, says in UNTRUSTED if sign in said)
        case requests.exceptions.ProxyError():
            return PROXY
        case requests.ConnectTimeout():
            return f"cannot be reached within {connect_s} s{SILENT}"
        case requests.Timeout():
            return f"did not answer within {read_s} s{SILENT}"
        case requests.RequestException() if "Read timed out" in said:
            return f"did not answer within {read_s} s{SILENT}"
        case OSError() if "CA certificate bundle" in said:
            return (
                "was not asked: there is no file at REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE; mend it"
            )
        case _:
            return f"cannot be reached{SILENT}"
