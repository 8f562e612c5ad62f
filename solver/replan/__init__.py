"""Replanning: life has changed a week in its course, and the rest of it is planned anew.

How the question is put: a `Problem` whose history stands as pinned sessions with `done` (`solver.domain.problem`), one
for every slot that is over, empty where nothing was done; and the plan that was being followed. What has changed for
the rest (slots moved, shortened or new, equipment gone, what hurts) is in the problem's own slots and places.

What is answered:

- History stays as it was, to the order and the equipment of its entries, whatever ranges or limits it breaks. It counts
  in every rule of the week: balance, volume, recovery, the deadlift's stages.
- The rest keeps every rule and changes least, proven; or, by the caller's choice, is the best week first.
- Limits that history by itself exceeds stay limits: nothing that is still open adds to them. They are told as `broken`.
- Where history leaves too little room for what a rule asks (a ratio, a number of sets), the fewest parts of such rules
  fall short, and by the least: they are told as `unkept`. History is to blame when the same week with its slots still
  free would have a plan. Otherwise what is asked of the rest contradicts itself, and the answer is the conflict.
- Waivers look at what is left: no hold on the bar is asked for where only slots without a bar remain.
- Entries that were planned and not done are gone; making one up in a later slot is a move, which is less of a change
  than something new.
"""

from __future__ import annotations

from solver.replan.outcome import Prefer, Replanned, ReplanOutcome
from solver.replan.planning import replan
from solver.replan.wording import sentence

__all__ = ["Prefer", "ReplanOutcome", "Replanned", "replan", "sentence"]
