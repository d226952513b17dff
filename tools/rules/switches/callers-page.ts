import type { RuleSwitch } from '../rule-switch.ts'

/** Switches for what the caller's page asks and shows. */
export const callersPageSwitches: readonly RuleSwitch[] = []
