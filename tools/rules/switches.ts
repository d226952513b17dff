import type { RuleSwitch } from './rule-switch.ts'
import { accountSwitches } from './switches/accounts.ts'
import { callersPageSwitches } from './switches/callers-page.ts'
import { frontJourneySwitches } from './switches/front-journeys.ts'
import { helpDeskSwitches } from './switches/help-desk.ts'
import { secondFactorSwitches } from './switches/second-factors.ts'
import { secretSwitches } from './switches/secrets.ts'
import { sessionSwitches } from './switches/sessions.ts'

/** All switches, by area. */
export const switches: readonly RuleSwitch[] = [
  ...helpDeskSwitches,
  ...sessionSwitches,
  ...secondFactorSwitches,
  ...accountSwitches,
  ...secretSwitches,
  ...frontJourneySwitches,
  ...callersPageSwitches,
]
