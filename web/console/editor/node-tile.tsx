import './node-tile.css'
import {
  IconArrowRightSquare,
  IconBrandOauth,
  IconBrowserCheck,
  IconClock,
  IconCode,
  IconCookie,
  IconDeviceMobile,
  IconFingerprint,
  IconForms,
  IconHourglass,
  IconId,
  IconKey,
  IconListCheck,
  IconLock,
  IconMail,
  IconMessage,
  IconPuzzle,
  IconQrcode,
  IconQuestionMark,
  IconRepeat,
  IconRoute2,
  IconShieldCheck,
  IconTextCaption,
  IconUser,
  IconUserCog,
  IconUserSearch,
  type TablerIcon,
} from '@tabler/icons-react'
import type { Family } from '../../api/node-types.ts'
import { familyClass } from './model/node-type-catalogue.ts'

/** Node types with their own icon. */
const byType: Readonly<Record<string, TablerIcon>> = {
  AttributeCollectorNode: IconForms,
  ChoiceCollectorNode: IconListCheck,
  ConfigProviderNode: IconCode,
  CreateObjectNode: IconUserCog,
  DataStoreDecisionNode: IconShieldCheck,
  EmailSuspendNode: IconMail,
  EmailTemplateNode: IconMail,
  IdentifyExistingUserNode: IconUserSearch,
  IdentityStoreDecisionNode: IconShieldCheck,
  InnerTreeEvaluatorNode: IconArrowRightSquare,
  MessageNode: IconMessage,
  OathRegistrationNode: IconQrcode,
  OathTokenVerifierNode: IconKey,
  PageNode: IconBrowserCheck,
  PasswordCollectorNode: IconKey,
  PatchObjectNode: IconUserCog,
  PollingWaitNode: IconClock,
  RetryLimitDecisionNode: IconRepeat,
  ScriptedDecisionNode: IconCode,
  SelectIdPNode: IconBrandOauth,
  SetCustomCookieNode: IconCookie,
  SetPersistentCookieNode: IconCookie,
  UsernameCollectorNode: IconUser,
  ValidatedPasswordNode: IconKey,
  ValidatedUsernameNode: IconUser,
  WebAuthnAuthenticationNode: IconFingerprint,
  WebAuthnRegistrationNode: IconFingerprint,
}

const byFamily: Readonly<Record<Family, TablerIcon>> = {
  backchannel: IconRoute2,
  collect: IconTextCaption,
  identity: IconId,
  decide: IconQuestionMark,
  device: IconDeviceMobile,
  flow: IconHourglass,
  custom: IconPuzzle,
}

/** The gate of the product's mark, for backchannel nodes. */
const gate = 'M2 18.5h4.5v-5.7a5.5 5.5 0 0 1 11 0v5.7H22'
const gates: Readonly<Record<string, string>> = {
  BackChannelInitNode: `${gate}M9.8 14h3.7M12 12.2l1.9 1.8-1.9 1.8`,
  BackChannelStatusNode: `${gate}M9.6 14l1.8 1.8 3-3.4`,
  BackchannelNotificationNode: `${gate}M9.6 11.4a3.4 3.4 0 0 1 4.8 0M12 14.6v.01`,
}

type Props = { type: string; family: Family | undefined; isSmall?: boolean }

/** The icon of a node type on the colour of its family. Decorative: the name is next to it. */
export function NodeTile({ type, family, isSmall = false }: Props) {
  const size = isSmall ? 16 : 18
  const path = Object.hasOwn(gates, type) ? gates[type] : undefined
  const Icon =
    (Object.hasOwn(byType, type) ? byType[type] : undefined) ??
    (family === undefined ? IconLock : byFamily[family])
  return (
    <span className={`node-tile place-center rigid ${familyClass(family)}${isSmall ? ' small' : ''}`}>
      {path === undefined ? (
        <Icon size={size} stroke={1.75} aria-hidden />
      ) : (
        <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
          <path d={path} />
        </svg>
      )}
    </span>
  )
}
