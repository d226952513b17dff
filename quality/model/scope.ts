/** A client and what it may still do, in any order. `use c2` is the operation `use` on the check `c2`. */
export type Actor = Readonly<{ name: string; server: 'A' | 'B'; may: readonly string[] }>

export type Scope = Readonly<{
  name: string
  /** Operations that bring the rows to where the exploration begins. */
  before?: readonly string[]
  actors: readonly Actor[]
  /** Times of the clock after its start, in milliseconds. It moves on at any time, also inside operations. */
  clock: readonly number[]
  crashes?: number
}>

/** One arrow of a counterexample. */
export type Step = Readonly<{
  client: string
  server?: string
  text: string
  answer?: string
  begins?: string
}>

export type Found = Readonly<{
  states: number
  transitions: number
  ends: number
  depth: number
  isComplete: boolean
  wrong?: string
  trace?: readonly Step[]
}>

/** How far an exploration goes. `until` is in epoch milliseconds. */
export type Bounds = { states: number; depth: number; until: number }

const { POSITIVE_INFINITY } = Number
export const boundless: Bounds = {
  states: POSITIVE_INFINITY,
  depth: POSITIVE_INFINITY,
  until: POSITIVE_INFINITY,
}
