import { type ComponentType, lazy } from 'react'
import type { Callback, Step } from '../../api/authenticate.ts'
import { isOnlyQuestion } from '../step/heading.ts'
import type { StageOptions } from '../step/stage.ts'
import { isPasskeyAlone, isPasskeyBesideFields } from '../step/step-fields.ts'
import type { CallbackProps } from '../step/step-form.ts'
import { BooleanAttributeInput } from './boolean-attribute-input.tsx'
import { Choice, isChoiceOfButtons } from './choice.tsx'
import { Confirmation } from './confirmation.tsx'
import { HiddenValue } from './hidden-value.tsx'
import { IdP } from './idp.tsx'
import { LanguageOfPage } from './language.tsx'
import { Metadata } from './metadata.tsx'
import { Name } from './name.tsx'
import { NumberAttributeInput } from './number-attribute-input.tsx'
import { Password } from './password.tsx'
import { PingOneProtect } from './ping-one-protect.tsx'
import { PollingWait } from './polling-wait.tsx'
import { Redirect } from './redirect.tsx'
import { StringAttributeInput } from './string-attribute-input.tsx'
import { SuspendedTextOutput } from './suspended-text-output.tsx'
import { TextInput } from './text-input.tsx'
import { TextOutput } from './text-output.tsx'
import { Unknown } from './unknown.tsx'
import { ValidatedCreatePassword } from './validated-create-password.tsx'
import { ValidatedCreateUsername } from './validated-create-username.tsx'

/** The view of a callback type. */
export type CallbackView = {
  View: ComponentType<CallbackProps>
  /** Default: among the fields. `button`: instead of the submit button. `below`: under it. */
  place?: 'button' | 'below' | ((callback: Callback, step: Step) => 'below' | undefined)
  /** Whether the view submits the step itself, so that the page has no submit button. */
  replacesSubmit?(callback: Callback, step: Step, stage: StageOptions): boolean
}

const always = () => true

// Rare types are loaded on demand.
const DeviceBinding = lazy(() => import('./device-binding.tsx'))

const views: Readonly<Record<string, CallbackView>> = {
  NameCallback: { View: Name },
  PasswordCallback: { View: Password },
  TextInputCallback: { View: TextInput },
  HiddenValueCallback: {
    View: HiddenValue,
    place: (callback, step) => (isPasskeyBesideFields(callback, step) ? 'below' : undefined),
    replacesSubmit: isPasskeyAlone,
  },
  ChoiceCallback: {
    View: Choice,
    replacesSubmit: (callback, step, stage) =>
      isChoiceOfButtons(callback, step, stage.optionsOf('ChoiceCallback', 0)),
  },
  ConfirmationCallback: { View: Confirmation, place: 'button', replacesSubmit: always },
  TextOutputCallback: { View: TextOutput },
  SuspendedTextOutputCallback: { View: SuspendedTextOutput, replacesSubmit: always },
  PollingWaitCallback: { View: PollingWait, replacesSubmit: always },
  RedirectCallback: { View: Redirect, replacesSubmit: always },
  MetadataCallback: { View: Metadata },
  StringAttributeInputCallback: { View: StringAttributeInput },
  NumberAttributeInputCallback: { View: NumberAttributeInput },
  BooleanAttributeInputCallback: { View: BooleanAttributeInput },
  ValidatedCreateUsernameCallback: { View: ValidatedCreateUsername },
  ValidatedCreatePasswordCallback: { View: ValidatedCreatePassword },
  TermsAndConditionsCallback: { View: lazy(() => import('./terms-and-conditions.tsx')) },
  KbaCreateCallback: { View: lazy(() => import('./kba-create.tsx')) },
  SelectIdPCallback: {
    View: lazy(() => import('./select-idp.tsx')),
    place: 'below',
    replacesSubmit: (_callback, step) => isOnlyQuestion(step),
  },
  IdPCallback: { View: IdP, replacesSubmit: always },
  ConsentMappingCallback: { View: lazy(() => import('./consent-mapping.tsx')) },
  DeviceProfileCallback: {
    View: lazy(() => import('./device-profile.tsx')),
    replacesSubmit: (_callback, step) => isOnlyQuestion(step),
  },
  DeviceBindingCallback: { View: DeviceBinding, replacesSubmit: always },
  DeviceSigningVerifierCallback: { View: DeviceBinding, replacesSubmit: always },
  ReCaptchaCallback: { View: lazy(() => import('./recaptcha.tsx')) },
  ReCaptchaEnterpriseCallback: { View: lazy(() => import('./recaptcha-enterprise.tsx')) },
  PingOneProtectInitializeCallback: { View: PingOneProtect, replacesSubmit: always },
  PingOneProtectEvaluationCallback: { View: PingOneProtect, replacesSubmit: always },
  LanguageCallback: { View: LanguageOfPage },
}

export const supportedTypes = Object.keys(views)

export function viewOf({ type }: Callback): CallbackView {
  return (Object.hasOwn(views, type) ? views[type] : undefined) ?? { View: Unknown }
}
