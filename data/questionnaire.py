"""The readiness questionnaire: three questions a step, each with five answers described in words.

An answer's place in its question is its score, 0 to 4. The identifiers are those stored in
`assessments`: step, dot, number. They never change, so that stored answers keep their question.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """A question: its identifier, what it asks, its answers 0 to 4 as facts to observe."""

    key: str
    asks: str
    answers: tuple[str, str, str, str, str]

    @property
    def step(self) -> int:
        """The step of the document it belongs to."""
        return int(self.key.partition(".")[0])


_ALL = (
    Question(
        "1.1",
        "How are the business processes chosen that AI is to change?",
        (
            "Nobody chooses: whoever has an idea or a vendor starts.",
            "Ideas are collected in a list, without a word on the process they would change.",
            "Each initiative names its process; nobody compares what they are worth.",
            "Processes are ranked by value, and most initiatives come from the top of that list.",
            "The ranked list is kept with the business units, and nothing else starts.",
        ),
    ),
    Question(
        "1.2",
        "When is it agreed how an initiative's success will be measured?",
        (
            "It is not agreed.",
            "After the pilot, when somebody asks what it has brought.",
            "Before the pilot for some, mostly as a metric without a target.",
            "Before the pilot for most: metric, measured baseline and target.",
            "Before any money is spent for all of them, and finance agrees to the baseline.",
        ),
    ),
    Question(
        "1.3",
        "How do initiatives hang together with the strategic goals?",
        (
            "Nobody could say which goal an initiative serves.",
            "Goals are named afterwards, for the presentation.",
            "Most initiatives name a goal; none was stopped for lacking one.",
            "Every initiative names its goal, and its sponsor answers for that goal.",
            "Funding follows the goals, and initiatives that serve none are stopped.",
        ),
    ),
    Question(
        "2.1",
        "How does data reach the systems that use it?",
        (
            "By hand: exports and mails.",
            "By scripts that one person knows and repairs.",
            "By scheduled loads for some sources; failures are noticed by users.",
            "By monitored pipelines for most sources, with checks of quality.",
            "By shared pipelines with agreed service levels that a new initiative can use at once.",
        ),
    ),
    Question(
        "2.2",
        "How long does a team wait for the compute its models need?",
        (
            "There is none to be had.",
            "Months: it has to be bought each time.",
            "Weeks: a shared machine with a queue.",
            "Days: capacity can be booked and is paid by the project.",
            "Minutes: it is there on demand, and training and inference scale by themselves.",
        ),
    ),
    Question(
        "2.3",
        "How does a model get from the workbench into production?",
        (
            "It has never happened.",
            "It is copied to a server by hand.",
            "By a script per project, with manual steps and no way back.",
            "By a shared pipeline with tests, used by most projects.",
            "By one pipeline for all: approved, tested, released and rolled back with a click.",
        ),
    ),
    Question(
        "3.1",
        "How are live models trained anew?",
        (
            "They are not.",
            "When somebody complains, by whoever built them.",
            "By a script that is started by hand now and then.",
            "On a schedule for most models, with an approval before release.",
            "By schedule or by trigger for all, tested against the model that is live.",
        ),
    ),
    Question(
        "3.2",
        "Could you say which version of a model made a decision last month?",
        (
            "No.",
            "Perhaps, by asking the person who built it.",
            "For some models, from file names or notes.",
            "For most, from a registry of models with their data and code.",
            "For all, from the registry, and that version can be run again.",
        ),
    ),
    Question(
        "3.3",
        "Who notices first when a live model gets worse?",
        (
            "Nobody would.",
            "The users, or the customers.",
            "The team, when it looks at its reports now and then.",
            "A monitor of drift and performance that alerts the team, for most models.",
            "A monitor that alerts somebody on duty who knows what to do, for every model.",
        ),
    ),
    Question(
        "4.1",
        "Where do people meet what a model says?",
        (
            "In a presentation.",
            "In a file or a screen of its own that nobody has to open.",
            "In their application for a few initiatives, by export and import.",
            "In the application they work in, for most live initiatives.",
            "In the application for all, written back where the next step of the process reads it.",
        ),
    ),
    Question(
        "4.2",
        "Do operational dashboards show what the models do?",
        (
            "No.",
            "A monthly slide does.",
            "Some teams have a dashboard of their own for it.",
            "The dashboards that run the process show it for most initiatives.",
            "They all do, beside the process's own figures, and teams meet in front of them.",
        ),
    ),
    Question(
        "4.3",
        "How much is decided without anybody confirming it?",
        (
            "Nothing: the models only inform.",
            "Nothing, though proposals are mostly accepted as they are.",
            "A few simple cases, without written limits.",
            "Routine cases within written limits; people take the rest.",
            "Most cases within limits that are reviewed, with a record of each decision.",
        ),
    ),
    Question(
        "5.1",
        "What must an initiative pass before it goes live?",
        (
            "Nothing that is written down.",
            "Different committees, in an order nobody can foresee.",
            "A written approval whose time nobody can promise.",
            "A framework by risk class with agreed times, for most initiatives.",
            "One framework for all, with checks built into the pipeline and a review each year.",
        ),
    ),
    Question(
        "5.2",
        "What is known, after a year, of what a live initiative costs and returns?",
        (
            "Nothing.",
            "What its owner believes.",
            "Its costs; its benefit is an estimate.",
            "Costs and measured benefits, and how well its models do, for most.",
            "All of that for every one, confirmed by finance and used to decide what goes on.",
        ),
    ),
    Question(
        "5.3",
        "What happens to an initiative that has worked in one department?",
        (
            "It stays there.",
            "Others hear of it and build their own.",
            "One or two were copied, as projects of their own.",
            "A plan and a budget to roll it out are made when it goes live, for most.",
            "Every one is built to be reused, and its roll-out is followed to the last department.",
        ),
    ),
)

QUESTIONS = {question.key: question for question in _ALL}
TOP = 4
