"""`python -m tests.hostile`: the cases of the hostile corpus and the promise that each proves."""

from tests.hostile.cases import all_cases

for case in all_cases():
    print(f"{case.name:<24} {case.promise}")
