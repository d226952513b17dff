import type { AnyNodeType } from '../../engine/node-type.ts'
import { type StandInRow, standInType } from './stand-in.ts'

const yesNo = { true: 'True', false: 'False' }
const single = { outcome: 'Outcome' }
const registered = { successOutcome: 'Success', failureOutcome: 'Failure', timeoutOutcome: 'Time Out' }
const verified = {
  SUCCESS: 'Success',
  SUCCESPATCH: 'Success (Patch ID)',
  FAIL: 'Fail',
  FAILPATCH: 'Fail (Patch ID)',
  CANCEL: 'Cancel',
  ERROR: 'Error',
}

const protect = 'It needs PingOne Protect, a cloud service.'
const pingOne = 'It needs the directory of PingOne, a cloud service.'
const verify = 'It needs PingOne Verify, a cloud service.'
const credentials = 'It needs PingOne Credentials, a cloud service.'
const autonomous = 'It needs Autonomous Access, a cloud service that the vendor has withdrawn.'
const policies = 'It needs the policy engine of PingAM.'
const partner = 'It needs the cloud service of a partner.'

const mfa = ['multi-factor authentication']

/**
 * Types of PingAM 8.1 and Advanced Identity Cloud that need a service which this server can't be. Settings are written as
 * `name:kind`: s text, b true or false, n number, l list, m map. Sources: schemas of PingAM 8.1.0; nodes of public exports.
 */
const rows: readonly StandInRow[] = [
  {
    type: 'AppPolicyDecisionNode',
    title: 'App Policy Decision',
    why: policies,
    tags: ['utilities'],
  },
  {
    type: 'AutonomousAccessDecisionNode',
    title: 'Autonomous Access Decision',
    why: autonomous,
    tags: ['risk'],
    outcomes: { high: 'High', medium: 'Medium', low: 'Low', unknown: 'Unknown' },
    settings: 'lowRiskThreshold:s mediumRiskThreshold:s',
  },
  {
    type: 'AutonomousAccessResultNode',
    title: 'Autonomous Access Result',
    why: autonomous,
    tags: ['risk'],
    outcomes: single,
    settings: 'outcome:s isMFA:b',
  },
  {
    type: 'AutonomousAccessSignalNode',
    title: 'Autonomous Access Signal',
    why: autonomous,
    tags: ['risk'],
    outcomes: single,
    settings:
      'anomalyDetection:b automatedUserAgentFilter:b blockAndALlowList:b credentialStuffing:b distributedAttack:b preventBruteForce:b preventDoubleJeopardy:b preventImpossibleTraveller:b suspiciousIP:b',
  },
  {
    type: 'DaVinciNode',
    title: 'DaVinci',
    why: 'It needs PingOne DaVinci, a cloud service.',
    tags: ['utilities'],
  },
  {
    type: 'IGCommunication',
    title: 'IG Communication',
    why: 'It needs PingGateway.',
    tags: ['utilities'],
  },
  {
    type: 'IdentityAssertionDecisionNode',
    title: 'Identity Assertion',
    why: 'It needs PingGateway.',
    tags: ['federation'],
    settings: 'serverId:s route:s sharedStateToServerMap:m serverToSharedStateMap:m',
  },
  {
    type: 'PassthroughAuthenticationNode',
    title: 'Passthrough Authentication',
    why: 'It needs a connector of PingIDM. For LDAP, the directory of a realm does the same.',
    tags: ['identity management'],
    outcomes: { AUTHENTICATED: 'Authenticated', MISSING: 'Missing Input', FAILED: 'Failed' },
    settings: 'systemEndpoint:s objectType:s identityAttribute:s passwordAttribute:s',
  },
  {
    type: 'PingOneAuthorizeNode',
    title: 'PingOne Authorize',
    why: 'It needs PingOne Authorize, a cloud service.',
    tags: ['utilities'],
  },
  {
    type: 'PingOneCreateUserNode',
    title: 'PingOne Create User',
    why: pingOne,
    tags: ['identity management'],
    outcomes: yesNo,
    settings: 'pingOneWorker:s populationId:s anonymizedUser:b amIdentityAttribute:s captureFailure:b',
  },
  {
    type: 'PingOneDeleteUserNode',
    title: 'PingOne Delete User',
    why: pingOne,
    tags: ['identity management'],
    outcomes: yesNo,
    settings: 'pingOneWorker:s captureFailure:b',
  },
  {
    type: 'PingOneIdentityMatchNode',
    title: 'PingOne Identity Match',
    why: pingOne,
    tags: ['identity management'],
    outcomes: yesNo,
    settings: 'pingOneWorker:s amIdentityAttribute:s pingIdentityAttribute:s captureFailure:b',
  },
  {
    type: 'PingOneIdentityProviderHandlerNode',
    title: 'PingOne Identity Provider Handler',
    why: pingOne,
    tags: ['federation'],
  },
  ...['FindWallets', 'Issue', 'PairWallet', 'RemoveWallet', 'Revoke', 'Update', 'Verification'].map(
    (name) => ({
      type: `PingOneCredentials${name}`,
      title: `PingOne Credentials ${name.replace('Wallet', ' Wallet')}`,
      why: credentials,
      tags: ['identity management'],
    }),
  ),
  {
    type: 'PingOneVerifyAuthentication',
    title: 'PingOne Verify Authentication',
    why: verify,
    tags: ['identity management'],
    outcomes: verified,
    settings:
      'demoMode:b pictureAttribute:s pollWaitMessage:s saveMetadata:b timeOut:n tntpPingOneConfigName:s tsAccessToken:b tsTransactionId:b userIdAttribute:s userNotification:s userNotificationChoice:b userNotificationChoiceMessage:s verifyPolicyId:s',
  },
  {
    type: 'PingOneVerifyCompletionDecisionNode',
    title: 'PingOne Verify Completion Decision',
    why: verify,
    tags: ['identity management'],
    settings: 'pingOneWorker:s useFilterScript:b script:s scriptInputs:l captureFailure:b',
  },
  {
    type: 'PingOneVerifyEvaluationNode',
    title: 'PingOne Verify Evaluation',
    why: verify,
    tags: ['identity management'],
    outcomes: registered,
    settings:
      'pingOneWorker:s verifyPolicyId:s deliveryMethod:s allowSameDeviceVerification:b allowDeliveryMethodSelection:b autoRedirect:b deliveryMethodMessage:m scanQRCodeMessage:m waitingMessage:m redirectMessage:m timeout:n biographicMatching:m nodeStateBiographicMatching:m storeVerificationMetadata:b storeVerifiedData:b captureFailure:b',
  },
  {
    type: 'PingOneVerifyProofing',
    title: 'PingOne Verify Proofing',
    why: verify,
    tags: ['identity management'],
    outcomes: verified,
  },
  {
    type: 'PolicyDecisionNode',
    title: 'Policy Decision',
    why: policies,
    tags: ['utilities'],
    settings: 'policySet:s resource:s action:s environment:m',
  },
  {
    type: 'product-KerberosNode',
    title: 'Kerberos',
    why: 'It needs a key distribution centre and its key table.',
    tags: ['basic authentication'],
    outcomes: yesNo,
    settings:
      'principalName:s keytabFileName:s kerberosRealm:s kerberosServerName:s trustedKerberosRealms:l returnPrincipalWithDomainName:b lookupUserInRealm:b kerberosServiceIsInitiator:b',
  },
  {
    type: 'product-PingOneProtectEvaluationNode',
    title: 'PingOne Protect Evaluation',
    why: protect,
    tags: ['risk'],
    outcomes: {
      high: 'High',
      medium: 'Medium',
      low: 'Low',
      exceed: 'Exceeds Score Threshold',
      failure: 'Failure',
      clientError: 'ClientError',
    },
    offered: ({ recommendedActions }) => {
      const fixed = ['high', 'medium', 'low', 'exceed', 'failure', 'clientError']
      const actions = Array.isArray(recommendedActions) ? recommendedActions : []
      return [...fixed, ...actions.filter((each): each is string => typeof each === 'string')]
    },
    settings:
      'pingOneWorker:s targetResourceID:s dynamicTargetResourceID:b targetResourceName:s dynamicTargetResourceName:b riskPolicySetID:s dynamicRiskPolicySetID:b targetedPoliciesEvaluation:b flowType:s authenticationFlowSubtype:s authorizationFlowSubtype:s nodeStateAttributeForSubtype:s deviceSharingType:s scoreThreshold:s recommendedActions:l pauseBehavioralData:b userId:s username:s userGroups:s storeEvaluateResult:b customAttributes:s deviceExternalId:s sessionId:s',
  },
  {
    type: 'product-PingOneProtectInitializeNode',
    title: 'PingOne Protect Initialize',
    why: protect,
    tags: ['risk'],
    outcomes: yesNo,
    settings:
      'pingOneWorker:s behavioralDataCollection:b enableTrust:b disableTags:b agentIdentification:b agentTimeout:n agentPort:s additionalSignalsInitializationOptions:m',
  },
  {
    type: 'product-PingOneProtectResultNode',
    title: 'PingOne Protect Result',
    why: protect,
    tags: ['risk'],
    outcomes: single,
    settings: 'status:s',
  },
  {
    type: 'product-SecurIdNode',
    title: 'RSA SecurID',
    why: 'It needs RSA SecurID.',
    tags: mfa,
    settings:
      'baseUrl:s clientId:s assurancePolicy:s clientKeySecretLabelIdentifier:s authnAttemptTimeout:n httpClient:s mfaChoicePrompt:m waitingMessage:m',
  },
  {
    type: 'provePrefillNode',
    title: 'Prove Prefill',
    why: partner,
    tags: ['identity management'],
  },
  {
    type: 'proveTrustNode',
    title: 'Prove Trust',
    why: partner,
    tags: ['risk'],
  },
  { type: 'spycloudAuthNode', title: 'SpyCloud', why: partner, tags: ['risk'] },
]

/** Types without code of their own: an administrator declares what they do. */
export const standInTypes: readonly AnyNodeType[] = rows.map(standInType)

/** Their ids, sorted. */
export const standInIds: readonly string[] = standInTypes.map(({ type }) => type).toSorted()
