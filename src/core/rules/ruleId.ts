/** R01–R50 of the domain reference §1.6, Q1–Q15: open decisions (§4) that a county's dated policy answers; Q16 and on: what the
 *  sources leave open and this program has decided, and W01–W33:
 *  entries of the yearly wheel (§1.8) that are the only source of what is to be done. M01–M13: what counts as a move and
 *  what does not, with the scenarios it is read from. D01–D03: the data protection officer's demands (§3.8); D04: who may go
 *  from a reference to a person. I05 and Y03: what a person is (§2.5), and S04: what an annulment takes back, named by the
 *  scenarios that show it. */
export type RuleId =
  | `R${number}${number}`
  | `Q${number}`
  | `W${number}${number}`
  | `M${number}${number}`
  | `D${number}${number}`
  | 'I05'
  | 'S04'
  | 'Y03';
