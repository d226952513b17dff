/** Something that must never be: which rule was broken, and what was seen. Never with a secret in it. */
export type Problem = { rule: Rule; seen: string }

/** What the record is held against. */
export type Rule =
  | 'an acknowledged step is lost'
  | 'an acknowledged notification is lost'
  | 'an acknowledged completion is lost'
  | 'an acknowledged change is lost'
  | 'an effect happened more often than it was asked for'
  | 'a transaction was completed twice'
  | 'a step was answered twice'
  | 'a state moved back'
  | 'a feed has a gap or tells something twice'
  | 'a success that the rules do not allow'
  | 'an answer that nobody may get'

export function problem(rule: Rule, seen: string): Problem {
  return { rule, seen }
}
