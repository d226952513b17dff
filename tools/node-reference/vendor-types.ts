/** Ids of all node types of PingAM 8.1. Source: the schemas that a server of that version answers. */
export const am81Types: readonly string[] = `
  ADDecisionNode
  AcceptTermsAndConditionsNode
  AccountActiveDecisionNode
  AccountLockoutNode
  AgentDataStoreDecisionNode
  AmsterJwtDecisionNode
  AnonymousSessionUpgradeNode
  AnonymousUserNode
  AppPolicyDecisionNode
  AttributeCollectorNode
  AttributePresentDecisionNode
  AttributeValueDecisionNode
  AuthLevelDecisionNode
  BackChannelInitNode
  BackChannelStatusNode
  ChoiceCollectorNode
  CombinedMultiFactorRegistrationNode
  ConfigProviderNode
  ConsentNode
  CookiePresenceDecisionNode
  CreateObjectNode
  CreatePasswordNode
  DataStoreDecisionNode
  DebugNode
  DeviceBindingNode
  DeviceBindingStorageNode
  DeviceGeoFencingNode
  DeviceLocationMatchNode
  DeviceMatchNode
  DeviceProfileCollectorNode
  DeviceSaveNode
  DeviceSigningVerifierNode
  DeviceTamperingVerificationNode
  DisplayUserNameNode
  EmailSuspendNode
  EmailTemplateNode
  EnableDeviceManagementNode
  FlowControlNode
  GetAuthenticatorAppNode
  IdentifyExistingUserNode
  IdentityAssertionDecisionNode
  IncrementLoginCountNode
  InnerTreeEvaluatorNode
  IotAuthenticationNode
  IotRegistrationNode
  JwtPasswordReplayNode
  KbaCreateNode
  KbaDecisionNode
  KbaVerifyNode
  LdapDecisionNode
  LoginCountDecisionNode
  MessageNode
  MetadataNode
  MeterNode
  ModifyAuthLevelNode
  MultiFactorRegistrationOptionsNode
  OathDeviceStorageNode
  OathRegistrationNode
  OathTokenVerifierNode
  OidcNode
  OneTimePasswordCollectorDecisionNode
  OneTimePasswordGeneratorNode
  OneTimePasswordSmsSenderNode
  OneTimePasswordSmtpSenderNode
  OptOutMultiFactorAuthenticationNode
  PageNode
  PassthroughAuthenticationNode
  PasswordCollectorNode
  PatchObjectNode
  PersistentCookieDecisionNode
  PingOneCreateUserNode
  PingOneDeleteUserNode
  PingOneIdentityMatchNode
  PingOneVerifyCompletionDecisionNode
  PingOneVerifyEvaluationNode
  PolicyDecisionNode
  PollingWaitNode
  ProfileCompletenessDecisionNode
  ProvisionDynamicAccountNode
  ProvisionIdmAccountNode
  PushAuthenticationSenderNode
  PushRegistrationNode
  PushResultVerifierNode
  PushWaitNode
  QueryFilterDecisionNode
  QueryParameterNode
  RadiusChallengeCollectorNode
  RadiusDecisionNode
  RecoveryCodeCollectorDecisionNode
  RecoveryCodeDisplayNode
  RegisterLogoutWebhookNode
  RemoveSessionPropertiesNode
  RequestHeaderNode
  RequiredAttributesDecisionNode
  RetryLimitDecisionNode
  ScriptedDecisionNode
  SelectIdPNode
  SessionDataNode
  SetCustomCookieNode
  SetErrorDetailsNode
  SetFailureDetailsNode
  SetFailureUrlNode
  SetLogoutDetailsNode
  SetPersistentCookieNode
  SetSessionPropertiesNode
  SetStateNode
  SetSuccessDetailsNode
  SetSuccessUrlNode
  SocialFacebookNode
  SocialGoogleNode
  SocialNode
  SocialOAuthIgnoreProfileNode
  SocialOpenIdConnectNode
  SocialProviderHandlerNode
  SocialProviderHandlerNodeV2
  TermsAndConditionsDecisionNode
  TimeSinceDecisionNode
  TimerStartNode
  TimerStopNode
  UpdateJourneyTimeoutNode
  UsernameCollectorNode
  ValidatedPasswordNode
  ValidatedUsernameNode
  WebAuthnAuthenticationNode
  WebAuthnDeviceStorageNode
  WebAuthnRegistrationNode
  ZeroPageLoginNode
  product-CaptchaEnterpriseNode
  product-CaptchaNode
  product-CertificateCollectorNode
  product-CertificateUserExtractorNode
  product-CertificateValidationNode
  product-KerberosNode
  product-PingOneProtectEvaluationNode
  product-PingOneProtectInitializeNode
  product-PingOneProtectResultNode
  product-ReCaptchaNode
  product-Saml2Node
  product-SecurIdNode
  product-WriteFederationInformationNode
`
  .trim()
  .split(/\s+/)

/** Further ids in Advanced Identity Cloud, without those of partners and tenants. Source: the types that a tenant listed in July 2026. */
export const cloudTypes: readonly string[] = `
  AutonomousAccessDecisionNode
  AutonomousAccessResultNode
  AutonomousAccessSignalNode
  BackchannelNotificationNode
  DaVinciNode
  IGCommunication
  IdentityStoreDecisionNode
  PingOneAuthorizeNode
  PingOneCredentialsFindWallets
  PingOneCredentialsIssue
  PingOneCredentialsPairWallet
  PingOneCredentialsRemoveWallet
  PingOneCredentialsRevoke
  PingOneCredentialsUpdate
  PingOneCredentialsVerification
  PingOneIdentityProviderHandlerNode
  PingOneVerifyAuthentication
  PingOneVerifyProofing
  RESTNode
  hibpAuthNode
  provePrefillNode
  proveTrustNode
  spycloudAuthNode
`
  .trim()
  .split(/\s+/)

/** Types that neither run here nor have a stand-in yet, with the reason. A type in the catalogue is ignored here. */
export const leftOut: Readonly<Record<string, string>> = {
  SocialOAuthIgnoreProfileNode:
    'Anybody with an account at the provider could sign in: sessions belong to people of the realm.',
}

/** How many of the types run here by themselves, have a stand-in, or are left out. */
export function countsOf(
  types: readonly string[],
  native: ReadonlySet<string>,
  standIns: ReadonlySet<string>,
) {
  const isLeftOut = (type: string) => !native.has(type) && !standIns.has(type)
  return {
    all: types.length,
    native: types.filter((type) => native.has(type)).length,
    standIns: types.filter((type) => !native.has(type) && standIns.has(type)).length,
    leftOut: types.filter(isLeftOut).length,
  }
}
