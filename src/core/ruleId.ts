/** R01–R50 of the domain reference §1.6, and Q1–Q15: open decisions (§4) that a county's dated policy answers. */
export type RuleId = `R${number}${number}` | `Q${number}`;
