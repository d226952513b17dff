import type { AnyNodeType } from '../journey/node-type.ts'
import { accountLockout } from './account-lockout.ts'
import { attributeCollector } from './attribute-collector.ts'
import { authLevelDecision } from './auth-level-decision.ts'
import { backchannelInitialize } from './backchannel-initialize.ts'
import { backchannelNotification } from './backchannel-notification.ts'
import { backchannelStatus } from './backchannel-status.ts'
import { choiceCollector } from './choice-collector.ts'
import { configProvider } from './config-provider.ts'
import { dataStoreDecision } from './data-store-decision.ts'
import { debug } from './debug.ts'
import { displayUsername } from './display-username.ts'
import { identifyExistingUser } from './identify-existing-user.ts'
import { identityStoreDecision } from './identity-store-decision.ts'
import { incrementLoginCount } from './increment-login-count.ts'
import { innerTreeEvaluator } from './inner-tree-evaluator.ts'
import { loginCountDecision } from './login-count-decision.ts'
import { message } from './message.ts'
import { modifyAuthLevel } from './modify-auth-level.ts'
import { pageNode, pageNodeV2 } from './page.ts'
import { passwordCollector } from './password-collector.ts'
import { platformPassword } from './platform-password.ts'
import { platformUsername } from './platform-username.ts'
import { pollingWait } from './polling-wait.ts'
import { retryLimitDecision } from './retry-limit-decision.ts'
import { scriptedDecision } from './scripted-decision.ts'
import { sessionData } from './session-data.ts'
import { setFailureUrl } from './set-failure-url.ts'
import { setSessionProperties } from './set-session-properties.ts'
import { setState } from './set-state.ts'
import { setSuccessUrl } from './set-success-url.ts'
import { usernameCollector } from './username-collector.ts'
import { zeroPageLogin } from './zero-page-login.ts'

/** Every node type that comes with the server; a type may be there in several versions, the newest last. */
export const catalogue: readonly AnyNodeType[] = [
  accountLockout,
  attributeCollector,
  authLevelDecision,
  backchannelInitialize,
  backchannelNotification,
  backchannelStatus,
  choiceCollector,
  configProvider,
  dataStoreDecision,
  debug,
  displayUsername,
  identifyExistingUser,
  identityStoreDecision,
  incrementLoginCount,
  innerTreeEvaluator,
  loginCountDecision,
  message,
  modifyAuthLevel,
  pageNode,
  pageNodeV2,
  passwordCollector,
  platformPassword,
  platformUsername,
  pollingWait,
  retryLimitDecision,
  scriptedDecision,
  sessionData,
  setFailureUrl,
  setSessionProperties,
  setState,
  setSuccessUrl,
  usernameCollector,
  zeroPageLogin,
]

/** A node type by AM's id. Exports older than versions name none: they mean the first. */
export function nodeTypeNamed(type: string, version = '1.0'): AnyNodeType | undefined {
  return catalogue.find((each) => each.type === type && each.version === version)
}
