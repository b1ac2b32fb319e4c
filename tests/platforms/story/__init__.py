"""A small honest story with real parts: a model is trained, its input drifts, it is retrained.

    make demo-platforms

Claims arrive on paper, and a model reads their handwritten digits: the 1,797 of scikit-learn's
`load_digits`, which ships inside the package. Everything is computed: the model is trained, its
accuracy and the PSI of its input are measured, week after week. Two things are told: the weeks
(they lie in the past, while the computing takes seconds), and the new scanner, which smears each
picture to the right and makes it paler. A DAG retrains the model: too early it fails, with enough
forms of the new scanner it succeeds; the better version is promoted. The board pulls all of it.
"""
