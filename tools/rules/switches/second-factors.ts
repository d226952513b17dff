import type { RuleSwitch } from '../rule-switch.ts'

/** Switches for second factors, lockouts and passwords. */
export const secondFactorSwitches: readonly RuleSwitch[] = []
