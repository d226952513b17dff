import { z } from 'zod'
import { defineNode } from '../define-node.ts'
import { labelOf } from './oath-registration-uri.ts'
import {
  enrol,
  enrolmentCallbacks,
  enrolmentErrors,
  enrolmentKeys,
  enrolmentOutcomes,
  enrolmentReference,
  hasPushDevice,
  pushSettings,
} from './push-enrolment.ts'

/** Registers an authenticator app for push notifications with a QR code. Source: "Push Registration node". */
export const pushRegistration = defineNode({
  type: 'PushRegistrationNode',
  title: 'Push Registration',
  help: 'Registers an authenticator app for push notifications with a QR code.',
  tags: ['mfa', 'multi-factor authentication'],
  config: () => z.object(pushSettings),
  outcomes: { all: enrolmentOutcomes },
  reads: () => enrolmentKeys.reads,
  writes: () => enrolmentKeys.writes,
  callbacks: enrolmentCallbacks,
  errors: enrolmentErrors,
  requires: () => ['username'],
  needs: ['identities', 'devices', 'secrets', 'push'],
  reference: {
    outputs: 'the person’s push device, and their attribute `push2faEnabled`',
    ...enrolmentReference,
    example: 'After a password, with `NOT_REGISTERED` of Push Sender.',
  },
  run: (context) =>
    enrol(context, {
      isRegistered: (person) => hasPushDevice(context, person),
      uri: (person, parameters) =>
        `pushauth://push/${labelOf(context.config, person)}?${new URLSearchParams(parameters)}`,
    }),
})
