import type { AnyNodeType } from '../journey/node-type.ts'
import { acceptTermsAndConditions } from './accept-terms-and-conditions.ts'
import { accountActiveDecision } from './account-active-decision.ts'
import { accountLockout } from './account-lockout.ts'
import { agentDataStoreDecision } from './agent-data-store-decision.ts'
import { amsterJwtDecision } from './amster-jwt-decision.ts'
import { anonymousSessionUpgrade } from './anonymous-session-upgrade.ts'
import { anonymousUser } from './anonymous-user.ts'
import { attributeCollector } from './attribute-collector.ts'
import { attributePresentDecision } from './attribute-present-decision.ts'
import { attributeValueDecision } from './attribute-value-decision.ts'
import { authLevelDecision } from './auth-level-decision.ts'
import { backchannelInitialize } from './backchannel-initialize.ts'
import { backchannelNotification } from './backchannel-notification.ts'
import { backchannelStatus } from './backchannel-status.ts'
import { captcha } from './captcha.ts'
import { captchaEnterprise } from './captcha-enterprise.ts'
import { choiceCollector } from './choice-collector.ts'
import { configProvider } from './config-provider.ts'
import { consent } from './consent.ts'
import { cookiePresenceDecision } from './cookie-presence-decision.ts'
import { createObject } from './create-object.ts'
import { createPassword } from './create-password.ts'
import { dataStoreDecision } from './data-store-decision.ts'
import { debug } from './debug.ts'
import { deviceBinding } from './device-binding.ts'
import { deviceBindingStorage } from './device-binding-storage.ts'
import { deviceGeoFencing } from './device-geo-fencing.ts'
import { deviceLocationMatch } from './device-location-match.ts'
import { deviceMatch } from './device-match.ts'
import { deviceProfileCollector } from './device-profile-collector.ts'
import { deviceSave } from './device-save.ts'
import { deviceSigningVerifier } from './device-signing-verifier.ts'
import { deviceTamperingVerification } from './device-tampering-verification.ts'
import { displayUsername } from './display-username.ts'
import { emailSuspend } from './email-suspend.ts'
import { emailTemplate } from './email-template.ts'
import { flowControl } from './flow-control.ts'
import { getAuthenticatorApp } from './get-authenticator-app.ts'
import { identifyExistingUser } from './identify-existing-user.ts'
import { identityStoreDecision } from './identity-store-decision.ts'
import { incrementLoginCount } from './increment-login-count.ts'
import { innerTreeEvaluator } from './inner-tree-evaluator.ts'
import { iotAuthentication } from './iot-authentication.ts'
import { iotRegistration } from './iot-registration.ts'
import { kbaCreate } from './kba-create.ts'
import { kbaDecision } from './kba-decision.ts'
import { kbaVerify } from './kba-verify.ts'
import { ldapDecision } from './ldap-decision.ts'
import { loginCountDecision } from './login-count-decision.ts'
import { message } from './message.ts'
import { metadata } from './metadata.ts'
import { meter } from './meter.ts'
import { modifyAuthLevel } from './modify-auth-level.ts'
import { multiFactorRegistrationOptions } from './multi-factor-registration-options.ts'
import { oathDeviceStorage } from './oath-device-storage.ts'
import { oathRegistration } from './oath-registration.ts'
import { oathTokenVerifier } from './oath-token-verifier.ts'
import { oneTimePasswordCollectorDecision } from './one-time-password-collector-decision.ts'
import { oneTimePasswordGenerator } from './one-time-password-generator.ts'
import { oneTimePasswordSmtpSender } from './one-time-password-smtp-sender.ts'
import { optOutMultiFactorAuthentication } from './opt-out-multi-factor-authentication.ts'
import { pageNode, pageNodeV2 } from './page.ts'
import { passwordCollector } from './password-collector.ts'
import { patchObject } from './patch-object.ts'
import { persistentCookieDecision } from './persistent-cookie-decision.ts'
import { platformPassword } from './platform-password.ts'
import { platformUsername, platformUsernameV2 } from './platform-username.ts'
import { pollingWait } from './polling-wait.ts'
import { profileCompletenessDecision } from './profile-completeness-decision.ts'
import { provisionDynamicAccount } from './provision-dynamic-account.ts'
import { provisionIdmAccount } from './provision-idm-account.ts'
import { queryFilterDecision } from './query-filter-decision.ts'
import { queryParameter } from './query-parameter.ts'
import { recaptcha } from './recaptcha.ts'
import { recoveryCodeCollectorDecision } from './recovery-code-collector-decision.ts'
import { recoveryCodeDisplay } from './recovery-code-display.ts'
import { registerLogoutWebhook } from './register-logout-webhook.ts'
import { removeSessionProperties } from './remove-session-properties.ts'
import { requestHeader } from './request-header.ts'
import { requiredAttributesDecision } from './required-attributes-decision.ts'
import { retryLimitDecision } from './retry-limit-decision.ts'
import { saml2 } from './saml2.ts'
import { scriptedDecision } from './scripted-decision.ts'
import { selectIdp } from './select-idp.ts'
import { sessionData } from './session-data.ts'
import { setCustomCookie } from './set-custom-cookie.ts'
import { setErrorDetails } from './set-error-details.ts'
import { setFailureDetails } from './set-failure-details.ts'
import { setFailureUrl } from './set-failure-url.ts'
import { setPersistentCookie } from './set-persistent-cookie.ts'
import { setSessionProperties } from './set-session-properties.ts'
import { setState } from './set-state.ts'
import { setSuccessDetails } from './set-success-details.ts'
import { setSuccessUrl } from './set-success-url.ts'
import { socialFacebook } from './social-facebook.ts'
import { socialGoogle } from './social-google.ts'
import { socialProviderHandler, socialProviderHandlerV2 } from './social-provider-handler.ts'
import { termsAndConditionsDecision } from './terms-and-conditions-decision.ts'
import { timeSinceDecision } from './time-since-decision.ts'
import { timerStart } from './timer-start.ts'
import { timerStop } from './timer-stop.ts'
import { updateJourneyTimeout } from './update-journey-timeout.ts'
import { usernameCollector, usernameCollectorV2 } from './username-collector.ts'
import { verificationCode } from './verification-code.ts'
import { verificationLevelDecision } from './verification-level-decision.ts'
import { verificationNotice } from './verification-notice.ts'
import { webauthnAuthentication } from './webauthn-authentication.ts'
import { webauthnDeviceStorage } from './webauthn-device-storage.ts'
import { webauthnRegistration } from './webauthn-registration.ts'
import { writeFederationInformation } from './write-federation-information.ts'
import { zeroPageLogin } from './zero-page-login.ts'

/** Every node type that comes with the server; a type may be there in several versions, the newest last. */
export const catalogue: readonly AnyNodeType[] = [
  acceptTermsAndConditions,
  accountActiveDecision,
  accountLockout,
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
  choiceCollector,
  configProvider,
  consent,
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
  flowControl,
  getAuthenticatorApp,
  identifyExistingUser,
  identityStoreDecision,
  incrementLoginCount,
  innerTreeEvaluator,
  iotAuthentication,
  iotRegistration,
  kbaCreate,
  kbaDecision,
  kbaVerify,
  ldapDecision,
  loginCountDecision,
  message,
  metadata,
  meter,
  modifyAuthLevel,
  multiFactorRegistrationOptions,
  oathDeviceStorage,
  oathRegistration,
  oathTokenVerifier,
  oneTimePasswordCollectorDecision,
  oneTimePasswordGenerator,
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
  provisionDynamicAccount,
  provisionIdmAccount,
  queryFilterDecision,
  queryParameter,
  recaptcha,
  recoveryCodeCollectorDecision,
  recoveryCodeDisplay,
  registerLogoutWebhook,
  removeSessionProperties,
  requestHeader,
  requiredAttributesDecision,
  retryLimitDecision,
  saml2,
  scriptedDecision,
  selectIdp,
  sessionData,
  setCustomCookie,
  setErrorDetails,
  setFailureDetails,
  setFailureUrl,
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
  socialFacebook,
  socialGoogle,
  socialProviderHandler,
  socialProviderHandlerV2,
  usernameCollector,
  usernameCollectorV2,
  verificationCode,
  verificationLevelDecision,
  verificationNotice,
  webauthnAuthentication,
  webauthnDeviceStorage,
  webauthnRegistration,
  writeFederationInformation,
  zeroPageLogin,
]

/** A node type by AM's id. Exports older than versions name none: they mean the first. */
export function nodeTypeNamed(type: string, version = '1.0'): AnyNodeType | undefined {
  return catalogue.find((each) => each.type === type && each.version === version)
}
