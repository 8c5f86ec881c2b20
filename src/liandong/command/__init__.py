"""统一指挥 (clause 二(二)): incidents, proposals, consultations, decisions, orders and reports.

It proposes and keeps what was decided; it never decides by itself, and never asks who answers.
"""
