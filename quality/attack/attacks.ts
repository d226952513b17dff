import type { Attack } from './attack.ts'
import { borrowedAddress } from './attacks/borrowed-address.ts'
import { borrowedSecret } from './attacks/borrowed-secret.ts'
import { clientReadsChecks } from './attacks/client-reads-checks.ts'
import { codeGuessing } from './attacks/code-guessing.ts'
import { deviceCodes } from './attacks/device-codes.ts'
import { dismissedAgent } from './attacks/dismissed-agent.ts'
import { doubleCompletion } from './attacks/double-completion.ts'
import { feedExhaustion } from './attacks/feed-exhaustion.ts'
import { foreignLogout } from './attacks/foreign-logout.ts'
import { foreignOrigin } from './attacks/foreign-origin.ts'
import { forgedReport } from './attacks/forged-report.ts'
import { forgedRequest } from './attacks/forged-request.ts'
import { forgedToken } from './attacks/forged-token.ts'
import { hiddenClaims } from './attacks/hidden-claims.ts'
import { innerDirectory } from './attacks/inner-directory.ts'
import { innerNetwork } from './attacks/inner-network.ts'
import { journeyAuthorEscalation } from './attacks/journey-author-escalation.ts'
import { linkTheft } from './attacks/link-theft.ts'
import { lockoutWeapon } from './attacks/lockout-weapon.ts'
import { loneApprover } from './attacks/lone-approver.ts'
import { massStart } from './attacks/mass-start.ts'
import { movedSecret } from './attacks/moved-secret.ts'
import { oauthClient } from './attacks/oauth-client.ts'
import { openFrontJourney } from './attacks/open-front-journey.ts'
import { openRedirect } from './attacks/open-redirect.ts'
import { pauseWeapon } from './attacks/pause-weapon.ts'
import { plantedCookie } from './attacks/planted-cookie.ts'
import { policyBypass } from './attacks/policy-bypass.ts'
import { realmAdministrator } from './attacks/realm-administrator.ts'
import { relay } from './attacks/relay.ts'
import { replayedGrant } from './attacks/replayed-grant.ts'
import { rewrittenAudit } from './attacks/rewritten-audit.ts'
import { rogueAgent } from './attacks/rogue-agent.ts'
import { samlAnswerTheft } from './attacks/saml-answer-theft.ts'
import { samlFlood } from './attacks/saml-flood.ts'
import { scriptEscape } from './attacks/script-escape.ts'
import { secondFactorGuessing } from './attacks/second-factor-guessing.ts'
import { sessionFixation } from './attacks/session-fixation.ts'
import { sessionHarvest } from './attacks/session-harvest.ts'
import { shortCodeGuessing } from './attacks/short-code-guessing.ts'
import { startFlood } from './attacks/start-flood.ts'
import { stolenAdminToken } from './attacks/stolen-admin-token.ts'
import { stolenCheck } from './attacks/stolen-check.ts'
import { stolenSession } from './attacks/stolen-session.ts'
import { trueRelay } from './attacks/true-relay.ts'
import { userEnumeration } from './attacks/user-enumeration.ts'
import { weakCheck } from './attacks/weak-check.ts'

export const attacks: readonly Attack[] = [
  relay,
  trueRelay,
  codeGuessing,
  linkTheft,
  replayedGrant,
  doubleCompletion,
  openRedirect,
  forgedRequest,
  foreignLogout,
  foreignOrigin,
  sessionFixation,
  userEnumeration,
  scriptEscape,
  innerNetwork,
  massStart,
  rogueAgent,
  realmAdministrator,
  journeyAuthorEscalation,
  oauthClient,
  deviceCodes,
  forgedToken,
  sessionHarvest,
  plantedCookie,
  hiddenClaims,
  samlFlood,
  samlAnswerTheft,
  feedExhaustion,
  startFlood,
  secondFactorGuessing,
  lockoutWeapon,
  stolenCheck,
  stolenSession,
  stolenAdminToken,
  movedSecret,
  openFrontJourney,
  pauseWeapon,
  loneApprover,
  weakCheck,
  policyBypass,
  dismissedAgent,
  clientReadsChecks,
  borrowedAddress,
  borrowedSecret,
  innerDirectory,
  rewrittenAudit,
  shortCodeGuessing,
  forgedReport,
]
