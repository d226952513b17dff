import type { RuleSwitch } from './rule-switch.ts'
import { accountSwitches } from './switches/accounts.ts'
import { adminTokenSwitches } from './switches/admin-tokens.ts'
import { alarmSwitches } from './switches/alarms.ts'
import { approvalSwitches } from './switches/approvals.ts'
import { borderSwitches } from './switches/borders.ts'
import { callersPageSwitches } from './switches/callers-page.ts'
import { certificateSwitches } from './switches/certificates.ts'
import { checkFeedSwitches } from './switches/check-feeds.ts'
import { checkResultSwitches } from './switches/check-results.ts'
import { draftSwitches } from './switches/drafts.ts'
import { esvSwitches } from './switches/esvs.ts'
import { exportSwitches } from './switches/exports.ts'
import { federationSwitches } from './switches/federation.ts'
import { floodSwitches } from './switches/floods.ts'
import { frontJourneySwitches } from './switches/front-journeys.ts'
import { handOverSwitches } from './switches/hand-over.ts'
import { helpDeskSwitches } from './switches/help-desk.ts'
import { historySwitches } from './switches/history.ts'
import { idTokenSwitches } from './switches/id-tokens.ts'
import { importRightSwitches } from './switches/import-rights.ts'
import { keptSettingSwitches } from './switches/kept-settings.ts'
import { leadSwitches } from './switches/leads.ts'
import { movedSecretSwitches } from './switches/moved-secrets.ts'
import { namesAndPasswordSwitches } from './switches/names-and-passwords.ts'
import { oauthSwitches } from './switches/oauth.ts'
import { passkeySwitches } from './switches/passkeys.ts'
import { policySwitches } from './switches/policies.ts'
import { pushSwitches } from './switches/push.ts'
import { radiusSwitches } from './switches/radius.ts'
import { registrationSwitches } from './switches/registration.ts'
import { removedPeopleSwitches } from './switches/removed-people.ts'
import { reportSwitches } from './switches/reports.ts'
import { scriptClassSwitches } from './switches/script-classes.ts'
import { secondFactorSwitches } from './switches/second-factors.ts'
import { secretSwitches } from './switches/secrets.ts'
import { serverSwitches } from './switches/server.ts'
import { serverPageSwitches } from './switches/server-page.ts'
import { sessionSwitches } from './switches/sessions.ts'
import { shortCodeSwitches } from './switches/short-codes.ts'
import { staffHostSwitches } from './switches/staff-host.ts'
import { standInSwitches } from './switches/stand-ins.ts'
import { starterSwitches } from './switches/starters.ts'
import { watchedRunSwitches } from './switches/watched-runs.ts'
import { webRequestSwitches } from './switches/web-requests.ts'

/** All switches, by area. */
export const switches: readonly RuleSwitch[] = [
  ...helpDeskSwitches,
  ...checkFeedSwitches,
  ...checkResultSwitches,
  ...approvalSwitches,
  ...policySwitches,
  ...handOverSwitches,
  ...serverSwitches,
  ...borderSwitches,
  ...staffHostSwitches,
  ...serverPageSwitches,
  ...removedPeopleSwitches,
  ...sessionSwitches,
  ...floodSwitches,
  ...secondFactorSwitches,
  ...passkeySwitches,
  ...accountSwitches,
  ...adminTokenSwitches,
  ...reportSwitches,
  ...scriptClassSwitches,
  ...radiusSwitches,
  ...idTokenSwitches,
  ...movedSecretSwitches,
  ...secretSwitches,
  ...esvSwitches,
  ...exportSwitches,
  ...importRightSwitches,
  ...keptSettingSwitches,
  ...starterSwitches,
  ...federationSwitches,
  ...certificateSwitches,
  ...pushSwitches,
  ...standInSwitches,
  ...draftSwitches,
  ...frontJourneySwitches,
  ...historySwitches,
  ...alarmSwitches,
  ...leadSwitches,
  ...callersPageSwitches,
  ...watchedRunSwitches,
  ...shortCodeSwitches,
  ...namesAndPasswordSwitches,
  ...oauthSwitches,
  ...registrationSwitches,
  ...webRequestSwitches,
]
