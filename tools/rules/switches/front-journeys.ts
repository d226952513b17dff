import type { RuleSwitch } from '../rule-switch.ts'

/** Switches for who may start a check, and what limits and grants hold. */
export const frontJourneySwitches: readonly RuleSwitch[] = []
