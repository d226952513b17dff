import type { RuleSwitch } from '../rule-switch.ts'

/** Switches for secrets, outgoing connections, the audit chain and files. */
export const secretSwitches: readonly RuleSwitch[] = []
