import type { AnyNodeType } from '../engine/node-type.ts'
import { backchannelInitialize } from './backchannel/backchannel-initialize.ts'
import { backchannelNotification } from './backchannel/backchannel-notification.ts'
import { backchannelStatus } from './backchannel/backchannel-status.ts'
import { secondAgent } from './backchannel/second-agent.ts'
import { verificationCode } from './backchannel/verification-code.ts'
import { verificationLevelDecision } from './backchannel/verification-level-decision.ts'
import { verificationNotice } from './backchannel/verification-notice.ts'
import { accountLockout } from './basic-authentication/account-lockout.ts'
import { adDecision } from './basic-authentication/ad-decision.ts'
import { agentDataStoreDecision } from './basic-authentication/agent-data-store-decision.ts'
import { dataStoreDecision } from './basic-authentication/data-store-decision.ts'
import { identityStoreDecision } from './basic-authentication/identity-store-decision.ts'
import { ldapDecision } from './basic-authentication/ldap-decision.ts'
import { passwordCollector } from './basic-authentication/password-collector.ts'
import { radiusDecision } from './basic-authentication/radius-decision.ts'
import { usernameCollector, usernameCollectorV2 } from './basic-authentication/username-collector.ts'
import { zeroPageLogin } from './basic-authentication/zero-page-login.ts'
import { certificateCollector } from './contextual/certificate-collector.ts'
import { certificateUserExtractor } from './contextual/certificate-user-extractor.ts'
import { certificateValidation } from './contextual/certificate-validation.ts'
import { cookiePresenceDecision } from './contextual/cookie-presence-decision.ts'
import { deviceGeoFencing } from './contextual/device-geo-fencing.ts'
import { deviceLocationMatch } from './contextual/device-location-match.ts'
import { deviceMatch } from './contextual/device-match.ts'
import { deviceProfileCollector } from './contextual/device-profile-collector.ts'
import { deviceSave } from './contextual/device-save.ts'
import { deviceTamperingVerification } from './contextual/device-tampering-verification.ts'
import { persistentCookieDecision } from './contextual/persistent-cookie-decision.ts'
import { setCustomCookie } from './contextual/set-custom-cookie.ts'
import { setPersistentCookie } from './contextual/set-persistent-cookie.ts'
import { createPassword } from './federation/create-password.ts'
import { oidc } from './federation/oidc.ts'
import { provisionDynamicAccount } from './federation/provision-dynamic-account.ts'
import { provisionIdmAccount } from './federation/provision-idm-account.ts'
import { saml2 } from './federation/saml2.ts'
import { social } from './federation/social.ts'
import { socialFacebook } from './federation/social-facebook.ts'
import { socialGoogle } from './federation/social-google.ts'
import { socialOpenIdConnect } from './federation/social-open-id-connect.ts'
import { socialProviderHandler, socialProviderHandlerV2 } from './federation/social-provider-handler.ts'
import { writeFederationInformation } from './federation/write-federation-information.ts'
import { acceptTermsAndConditions } from './identity-management/accept-terms-and-conditions.ts'
import { attributeCollector } from './identity-management/attribute-collector.ts'
import { attributePresentDecision } from './identity-management/attribute-present-decision.ts'
import { attributeValueDecision } from './identity-management/attribute-value-decision.ts'
import { consent } from './identity-management/consent.ts'
import { createObject } from './identity-management/create-object.ts'
import { displayUsername } from './identity-management/display-username.ts'
import { emailSuspend } from './identity-management/email-suspend.ts'
import { emailTemplate } from './identity-management/email-template.ts'
import { identifyExistingUser } from './identity-management/identify-existing-user.ts'
import { incrementLoginCount } from './identity-management/increment-login-count.ts'
import { kbaCreate } from './identity-management/kba-create.ts'
import { kbaDecision } from './identity-management/kba-decision.ts'
import { kbaVerify } from './identity-management/kba-verify.ts'
import { loginCountDecision } from './identity-management/login-count-decision.ts'
import { patchObject } from './identity-management/patch-object.ts'
import { platformPassword } from './identity-management/platform-password.ts'
import { platformUsername, platformUsernameV2 } from './identity-management/platform-username.ts'
import { profileCompletenessDecision } from './identity-management/profile-completeness-decision.ts'
import { queryFilterDecision } from './identity-management/query-filter-decision.ts'
import { requiredAttributesDecision } from './identity-management/required-attributes-decision.ts'
import { selectIdp } from './identity-management/select-idp.ts'
import { termsAndConditionsDecision } from './identity-management/terms-and-conditions-decision.ts'
import { timeSinceDecision } from './identity-management/time-since-decision.ts'
import { combinedMultiFactorRegistration } from './multi-factor/combined-multi-factor-registration.ts'
import { deviceBinding } from './multi-factor/device-binding.ts'
import { deviceBindingStorage } from './multi-factor/device-binding-storage.ts'
import { deviceSigningVerifier } from './multi-factor/device-signing-verifier.ts'
import { enableDeviceManagement } from './multi-factor/enable-device-management.ts'
import { getAuthenticatorApp } from './multi-factor/get-authenticator-app.ts'
import { multiFactorRegistrationOptions } from './multi-factor/multi-factor-registration-options.ts'
import { oathDeviceStorage } from './multi-factor/oath-device-storage.ts'
import { oathRegistration } from './multi-factor/oath-registration.ts'
import { oathTokenVerifier } from './multi-factor/oath-token-verifier.ts'
import { oneTimePasswordCollectorDecision } from './multi-factor/one-time-password-collector-decision.ts'
import { oneTimePasswordGenerator } from './multi-factor/one-time-password-generator.ts'
import { oneTimePasswordSmsSender } from './multi-factor/one-time-password-sms-sender.ts'
import { oneTimePasswordSmtpSender } from './multi-factor/one-time-password-smtp-sender.ts'
import { optOutMultiFactorAuthentication } from './multi-factor/opt-out-multi-factor-authentication.ts'
import { pushAuthenticationSender } from './multi-factor/push-authentication-sender.ts'
import { pushRegistration } from './multi-factor/push-registration.ts'
import { pushResultVerifier } from './multi-factor/push-result-verifier.ts'
import { pushWait } from './multi-factor/push-wait.ts'
import { radiusChallengeCollector } from './multi-factor/radius-challenge-collector.ts'
import { recoveryCodeCollectorDecision } from './multi-factor/recovery-code-collector-decision.ts'
import { recoveryCodeDisplay } from './multi-factor/recovery-code-display.ts'
import { webauthnAuthentication, webauthnAuthenticationV2 } from './multi-factor/webauthn-authentication.ts'
import { webauthnDeviceStorage } from './multi-factor/webauthn-device-storage.ts'
import { webauthnRegistration, webauthnRegistrationV2 } from './multi-factor/webauthn-registration.ts'
import { accountActiveDecision } from './risk/account-active-decision.ts'
import { captcha } from './risk/captcha.ts'
import { captchaEnterprise } from './risk/captcha-enterprise.ts'
import { haveIBeenPwned } from './risk/have-i-been-pwned.ts'
import { recaptcha } from './risk/recaptcha.ts'
import { standInTypes } from './stand-ins/stand-in-types.ts'
import { iotAuthentication } from './things/iot-authentication.ts'
import { iotRegistration } from './things/iot-registration.ts'
import { amsterJwtDecision } from './utilities/amster-jwt-decision.ts'
import { anonymousSessionUpgrade } from './utilities/anonymous-session-upgrade.ts'
import { anonymousUser } from './utilities/anonymous-user.ts'
import { authLevelDecision } from './utilities/auth-level-decision.ts'
import { choiceCollector } from './utilities/choice-collector.ts'
import { configProvider } from './utilities/config-provider.ts'
import { debug } from './utilities/debug.ts'
import { flowControl } from './utilities/flow-control.ts'
import { innerTreeEvaluator } from './utilities/inner-tree-evaluator.ts'
import { jwtPasswordReplay } from './utilities/jwt-password-replay.ts'
import { message } from './utilities/message.ts'
import { metadata } from './utilities/metadata.ts'
import { meter } from './utilities/meter.ts'
import { modifyAuthLevel } from './utilities/modify-auth-level.ts'
import { pageNode, pageNodeV2 } from './utilities/page.ts'
import { pollingWait } from './utilities/polling-wait.ts'
import { queryParameter } from './utilities/query-parameter.ts'
import { registerLogoutWebhook } from './utilities/register-logout-webhook.ts'
import { removeSessionProperties } from './utilities/remove-session-properties.ts'
import { requestHeader } from './utilities/request-header.ts'
import { rest } from './utilities/rest.ts'
import { retryLimitDecision } from './utilities/retry-limit-decision.ts'
import { scriptedDecision } from './utilities/scripted-decision.ts'
import { sessionData } from './utilities/session-data.ts'
import { setErrorDetails } from './utilities/set-error-details.ts'
import { setFailureDetails } from './utilities/set-failure-details.ts'
import { setFailureUrl } from './utilities/set-failure-url.ts'
import { setLogoutDetails } from './utilities/set-logout-details.ts'
import { setSessionProperties } from './utilities/set-session-properties.ts'
import { setState } from './utilities/set-state.ts'
import { setSuccessDetails } from './utilities/set-success-details.ts'
import { setSuccessUrl } from './utilities/set-success-url.ts'
import { timerStart } from './utilities/timer-start.ts'
import { timerStop } from './utilities/timer-stop.ts'
import { updateJourneyTimeout } from './utilities/update-journey-timeout.ts'

/** Every built-in node type, with the newest version of each last. */
export const catalogue: readonly AnyNodeType[] = [
  acceptTermsAndConditions,
  accountActiveDecision,
  accountLockout,
  adDecision,
  agentDataStoreDecision,
  amsterJwtDecision,
  anonymousSessionUpgrade,
  anonymousUser,
  attributeCollector,
  attributePresentDecision,
  attributeValueDecision,
  authLevelDecision,
  backchannelInitialize,
  backchannelNotification,
  backchannelStatus,
  captcha,
  captchaEnterprise,
  haveIBeenPwned,
  choiceCollector,
  configProvider,
  consent,
  certificateCollector,
  certificateUserExtractor,
  certificateValidation,
  cookiePresenceDecision,
  createObject,
  createPassword,
  dataStoreDecision,
  debug,
  deviceBinding,
  deviceBindingStorage,
  deviceGeoFencing,
  deviceLocationMatch,
  deviceMatch,
  deviceProfileCollector,
  deviceSave,
  deviceSigningVerifier,
  deviceTamperingVerification,
  displayUsername,
  emailSuspend,
  emailTemplate,
  enableDeviceManagement,
  flowControl,
  getAuthenticatorApp,
  identifyExistingUser,
  identityStoreDecision,
  incrementLoginCount,
  innerTreeEvaluator,
  iotAuthentication,
  iotRegistration,
  jwtPasswordReplay,
  kbaCreate,
  kbaDecision,
  kbaVerify,
  ldapDecision,
  radiusDecision,
  loginCountDecision,
  message,
  metadata,
  meter,
  modifyAuthLevel,
  multiFactorRegistrationOptions,
  oathDeviceStorage,
  oathRegistration,
  pushRegistration,
  combinedMultiFactorRegistration,
  pushAuthenticationSender,
  pushWait,
  pushResultVerifier,
  oathTokenVerifier,
  oneTimePasswordCollectorDecision,
  oneTimePasswordGenerator,
  oneTimePasswordSmsSender,
  oneTimePasswordSmtpSender,
  optOutMultiFactorAuthentication,
  pageNode,
  pageNodeV2,
  passwordCollector,
  patchObject,
  persistentCookieDecision,
  platformPassword,
  platformUsername,
  platformUsernameV2,
  pollingWait,
  profileCompletenessDecision,
  oidc,
  provisionDynamicAccount,
  provisionIdmAccount,
  queryFilterDecision,
  queryParameter,
  recaptcha,
  recoveryCodeCollectorDecision,
  recoveryCodeDisplay,
  radiusChallengeCollector,
  registerLogoutWebhook,
  removeSessionProperties,
  requestHeader,
  requiredAttributesDecision,
  rest,
  retryLimitDecision,
  saml2,
  scriptedDecision,
  selectIdp,
  sessionData,
  setCustomCookie,
  setErrorDetails,
  setFailureDetails,
  setFailureUrl,
  setLogoutDetails,
  setPersistentCookie,
  setSessionProperties,
  setState,
  setSuccessDetails,
  setSuccessUrl,
  termsAndConditionsDecision,
  timeSinceDecision,
  timerStart,
  timerStop,
  updateJourneyTimeout,
  social,
  socialFacebook,
  socialGoogle,
  socialOpenIdConnect,
  socialProviderHandler,
  socialProviderHandlerV2,
  usernameCollector,
  usernameCollectorV2,
  secondAgent,
  verificationCode,
  verificationLevelDecision,
  verificationNotice,
  webauthnAuthentication,
  webauthnAuthenticationV2,
  webauthnDeviceStorage,
  webauthnRegistration,
  webauthnRegistrationV2,
  writeFederationInformation,
  zeroPageLogin,
]

/** Finds a node type by AM's id, stand-ins included. Old exports have no version and mean the first. */
export function nodeTypeNamed(type: string, version = '1.0'): AnyNodeType | undefined {
  const is = (each: AnyNodeType) => each.type === type && each.version === version
  return catalogue.find(is) ?? standInTypes.find(is)
}
