import type { RuleSwitch } from '../rule-switch.ts'

/** Switches for session tokens, headers and bounds of the HTTP surface. */
export const sessionSwitches: readonly RuleSwitch[] = []
