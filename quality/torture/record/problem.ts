/** A violation: the broken rule and the evidence, without secrets. */
export type Problem = { rule: Rule; seen: string }

/** The rules that are checked. */
export type Rule =
  | 'an acknowledged step is lost'
  | 'an acknowledged notification is lost'
  | 'an acknowledged completion is lost'
  | 'an acknowledged change is lost'
  | 'an effect happened more often than requested'
  | 'a transaction was completed twice'
  | 'a step was answered twice'
  | 'a state moved back'
  | 'a feed has a gap or a repetition'
  | 'a success that the rules do not allow'
  | 'an answer that is never allowed'

export function problem(rule: Rule, seen: string): Problem {
  return { rule, seen }
}
