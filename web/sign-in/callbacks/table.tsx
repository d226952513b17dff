import { type ComponentType, lazy } from 'react'
import type { Callback, Step } from '../../api/authenticate.ts'
import { isOnlyQuestion } from '../step/heading.ts'
import type { Stage } from '../step/stage.ts'
import type { CallbackProps } from '../step/step-form.ts'
import { isPasskeyAlone } from '../step/way-on.ts'
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

/** How a kind of callback is drawn. */
export type Drawing = {
  Draw: ComponentType<CallbackProps>
  /** Where: among the questions, which is the rule; in the place of the page's button; or below it. */
  place?: 'button' | 'below'
  /** Whether it leads on by itself in a step, so that the page has no button of its own. */
  leadsOn?(callback: Callback, step: Step, stage: Stage): boolean
}

const always = () => true

// Rarely seen kinds come when they are needed.
const DeviceBinding = lazy(() => import('./device-binding.tsx'))

const drawings: Readonly<Record<string, Drawing>> = {
  NameCallback: { Draw: Name },
  PasswordCallback: { Draw: Password },
  TextInputCallback: { Draw: TextInput },
  HiddenValueCallback: { Draw: HiddenValue, leadsOn: isPasskeyAlone },
  ChoiceCallback: {
    Draw: Choice,
    leadsOn: (callback, step, stage) =>
      isChoiceOfButtons(callback, step, stage.optionsOf('ChoiceCallback', 0)),
  },
  ConfirmationCallback: { Draw: Confirmation, place: 'button', leadsOn: always },
  TextOutputCallback: { Draw: TextOutput },
  SuspendedTextOutputCallback: { Draw: SuspendedTextOutput, leadsOn: always },
  PollingWaitCallback: { Draw: PollingWait, leadsOn: always },
  RedirectCallback: { Draw: Redirect, leadsOn: always },
  MetadataCallback: { Draw: Metadata },
  StringAttributeInputCallback: { Draw: StringAttributeInput },
  NumberAttributeInputCallback: { Draw: NumberAttributeInput },
  BooleanAttributeInputCallback: { Draw: BooleanAttributeInput },
  ValidatedCreateUsernameCallback: { Draw: ValidatedCreateUsername },
  ValidatedCreatePasswordCallback: { Draw: ValidatedCreatePassword },
  TermsAndConditionsCallback: { Draw: lazy(() => import('./terms-and-conditions.tsx')) },
  KbaCreateCallback: { Draw: lazy(() => import('./kba-create.tsx')) },
  SelectIdPCallback: {
    Draw: lazy(() => import('./select-idp.tsx')),
    place: 'below',
    leadsOn: (_callback, step) => isOnlyQuestion(step),
  },
  IdPCallback: { Draw: IdP, leadsOn: always },
  ConsentMappingCallback: { Draw: lazy(() => import('./consent-mapping.tsx')) },
  DeviceProfileCallback: {
    Draw: lazy(() => import('./device-profile.tsx')),
    leadsOn: (_callback, step) => isOnlyQuestion(step),
  },
  DeviceBindingCallback: { Draw: DeviceBinding, leadsOn: always },
  DeviceSigningVerifierCallback: { Draw: DeviceBinding, leadsOn: always },
  ReCaptchaCallback: { Draw: lazy(() => import('./recaptcha.tsx')) },
  ReCaptchaEnterpriseCallback: { Draw: lazy(() => import('./recaptcha-enterprise.tsx')) },
  PingOneProtectInitializeCallback: { Draw: PingOneProtect, leadsOn: always },
  PingOneProtectEvaluationCallback: { Draw: PingOneProtect, leadsOn: always },
  LanguageCallback: { Draw: LanguageOfPage },
}

/** Every kind of callback that the page knows. */
export const drawnTypes = Object.keys(drawings)

export function drawingOf({ type }: Callback): Drawing {
  return (Object.hasOwn(drawings, type) ? drawings[type] : undefined) ?? { Draw: Unknown }
}
