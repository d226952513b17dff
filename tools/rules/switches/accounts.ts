import type { RuleSwitch } from '../rule-switch.ts'

/** Switches for what happens to sessions and addresses when an account changes. */
export const accountSwitches: readonly RuleSwitch[] = []
