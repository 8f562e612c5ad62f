"""OpenActive feeds: pages of the Realtime Paged Data Exchange (RPDE), with opportunities as JSON-LD in their items.

Field names and paging rules are those of openactive.io: Realtime Paged Data Exchange 1.0 and Modelling Opportunity
Data 2.0.
"""
