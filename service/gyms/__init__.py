"""Gyms that are shared: stations and how many of each there are, members, and weeks for all of them at once.

A schedule is a question of its own (a kind of study) that holds the whole gym, so that its answer can be checked and
found again from it alone. A kept gym is where such questions are made from: `POST /v1/gyms/{id}/schedules` asks about
the gym and its members as they are.
"""
