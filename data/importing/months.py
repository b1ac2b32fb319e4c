"""The names of months, as calendars and finance systems in six languages write them."""

_LANGUAGES = (
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "januari februari maart april mei juni juli augustus september oktober november december",
)
_SHORT = (
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "jan feb mär apr mai jun jul aug sep okt nov dez",
    "janv févr mars avr mai juin juil août sept oct nov déc",
    "ene feb mar abr may jun jul ago sept oct nov dic",
    "gen feb mar apr mag giu lug ago set ott nov dic",
    "jan feb mrt apr mei jun jul aug sep okt nov dec",
)
_OTHERS = {"fév": 2, "fevr": 2, "fevrier": 2, "mrz": 3, "maerz": 3, "marz": 3, "aout": 8, "dec": 12}

NUMBERS = _OTHERS | {
    name: number
    for names in (*_LANGUAGES, *_SHORT)
    for number, name in enumerate(names.split(), start=1)
}
NAME = rf"(?P<name>{'|'.join(sorted(NUMBERS, key=len, reverse=True))})\.?"
