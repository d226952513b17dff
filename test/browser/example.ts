import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { WantedNodeType } from './designer.ts'
import type { WantedJourney } from './journey-builder.ts'
import type { NewScript } from './script-editor.ts'

const samples = join(import.meta.dirname, '..', '..', 'samples')

function scriptFrom(...path: string[]): string {
  return readFileSync(join(samples, ...path), 'utf8')
}

/** The example of the vendor's page "Backchannel Notification node", for building it by hand. */
export const nodeTypes: readonly WantedNodeType[] = [
  {
    name: 'Set Backchannel State Properties',
    properties: [
      { name: 'attributeListProperty', label: 'Attribute list to set', isMultiple: true },
      {
        name: 'backchannelStateProperty',
        label: 'Backchannel nodeState property',
        defaultValue: 'backchannel:data',
      },
    ],
    outcomes: ['Next'],
    hasErrorOutcome: true,
    script: scriptFrom('custom-nodes', 'set-backchannel-state-properties', 'script.js'),
  },
  {
    name: 'User Message to Display',
    properties: [{ name: 'message', label: 'Message to display' }],
    outcomes: ['Success'],
    script: scriptFrom('custom-nodes', 'user-message-to-display', 'script.js'),
  },
  {
    name: 'Set Front Channel Status',
    properties: [
      {
        name: 'journeyStatusKey',
        label: 'Journey status shared state key',
        description:
          'Top-level shared state key that gets the message object, for example transaction:notify.',
        defaultValue: 'transaction:notify',
      },
      {
        name: 'journeyStatusProperty',
        label: 'Journey status property name',
        description: 'Property of that object for the message, for example journeyStatus.',
        defaultValue: 'journeyStatus',
      },
      {
        name: 'journeyStatusValue',
        label: 'Journey status message',
        description: 'The message, which a following Backchannel Notification node sends.',
        defaultValue: 'Example Front Channel Message',
      },
    ],
    outcomes: ['Success', 'Error'],
    script: scriptFrom('custom-nodes', 'set-front-channel-status', 'script.js'),
  },
]

export const waitScript: NewScript = {
  name: 'In Progress Wait',
  kind: 'Configuration provider node',
  source: scriptFrom('alpha', 'scripts', 'in-progress-wait.js'),
}

/** The journey in which an agent signs in. */
export const login: WantedJourney = {
  name: 'Login',
  description:
    'Signs people in with username and password, with three attempts. Temporary passwords are changed.',
  form: { lists: { Categories: ['Authentication'] } },
  nodes: {
    page: {
      type: 'Page',
      name: 'Sign In',
      at: [195, 60],
      form: {
        english: { 'Page Header': 'Sign in', 'Page Description': 'Enter your username and password.' },
      },
      children: [{ type: 'Username Collector' }, { type: 'Password Collector' }],
      ways: { '': 'check' },
    },
    check: {
      type: 'Identity Store Decision',
      name: 'Check Password',
      at: [195, 290],
      form: { switches: { 'Use mixed case for password change messages': true } },
      ways: { True: 'count', False: 'tries', Locked: 'tries', Cancelled: 'Failure', Expired: 'tries' },
    },
    count: {
      type: 'Increment Login Count',
      name: 'Count Sign-in',
      at: [440, 60],
      ways: { '': 'Success' },
    },
    tries: {
      type: 'Retry Limit Decision',
      name: 'Three Tries',
      at: [440, 290],
      form: { texts: { 'Retry Limit': 3 }, switches: { 'Save Retry Limit to User': false } },
      ways: { Retry: 'page', Reject: 'Failure' },
    },
  },
}

/** The caller's journey. */
export const backJourney: WantedJourney = {
  name: 'VerifyCaller',
  description: 'The caller signs in on their own device while the agent watches the progress.',
  form: { lists: { Categories: ['Help desk'] } },
  nodes: {
    page: {
      type: 'Page',
      name: 'Credentials',
      at: [195, 60],
      form: {
        english: {
          'Page Header': 'Confirm that it is you',
          'Page Description':
            'A help desk agent asked you to sign in. Continue only if you are on the phone with them.',
        },
      },
      children: [
        { type: 'Display Username' },
        { type: 'Platform Password', form: { switches: { 'Validate password': false } } },
      ],
      ways: { '': 'entered' },
    },
    entered: {
      type: 'Set Front Channel Status',
      name: 'Set Front Channel Status: Entered',
      at: [195, 280],
      form: { texts: { 'Journey status message': 'User has entered their credentials' } },
      ways: { Success: 'tellEntered', Error: 'Failure' },
    },
    tellEntered: {
      type: 'Backchannel Notification',
      at: [195, 480],
      form: { texts: { 'Data Key': 'transaction:notify' } },
      ways: { Success: 'check', Error: 'Failure' },
    },
    check: {
      type: 'Data Store Decision',
      at: [440, 60],
      ways: { True: 'valid', False: 'Failure' },
    },
    valid: {
      type: 'Set Front Channel Status',
      name: 'Set Front Channel Status: Valid',
      at: [440, 240],
      form: { texts: { 'Journey status message': "User's credentials are valid" } },
      ways: { Success: 'tellValid', Error: 'Failure' },
    },
    tellValid: {
      type: 'Backchannel Notification',
      at: [440, 480],
      form: { texts: { 'Data Key': 'transaction:notify' } },
      ways: { Success: 'Success', Error: 'Failure' },
    },
  },
}

/** What a check is for, which the desk sends: not in the vendor's example. */
const purpose = ['action', 'reason', 'ticket']

/** The agent's journey. */
export const frontJourney: WantedJourney = {
  name: 'HelpDesk',
  description: 'The agent verifies a caller out of band and watches the progress.',
  form: {
    texts: { 'Journey timeout, in minutes': 15 },
    switches: { 'Always run': true, 'No session': true },
    lists: { Categories: ['Help desk'] },
  },
  nodes: {
    purpose: {
      type: 'Query Parameter',
      name: 'What For',
      at: [700, 200],
      form: {
        maps: { 'Allowed query parameters': Object.fromEntries(purpose.map((name) => [name, name])) },
      },
      ways: { '': 'page' },
    },
    page: {
      type: 'Page',
      name: 'Who Calls',
      at: [195, 60],
      form: {
        english: {
          'Page Header': 'Verify a caller',
          'Page Description': "Enter the caller's email address.",
        },
      },
      children: [
        {
          type: 'Attribute Collector',
          form: {
            lists: { 'Attributes to Collect': ['mail'] },
            switches: { 'All Attributes Required': true },
            texts: { 'Identity Attribute': 'userName' },
          },
        },
      ],
      ways: { '': 'identify' },
    },
    identify: {
      type: 'Identify Existing User',
      at: [195, 230],
      form: { texts: { Identifier: 'userName', 'Identity Attribute': 'mail' } },
      ways: { True: 'properties', False: 'Failure' },
    },
    properties: {
      type: 'Set Backchannel State Properties',
      at: [195, 480],
      form: { lists: { 'Attribute list to set': ['_id', 'objectAttributes', 'username', ...purpose] } },
      ways: { Next: 'initialize', 'Script Error': 'Failure' },
    },
    initialize: {
      type: 'Backchannel Initialize',
      at: [440, 60],
      form: {
        choices: { Journey: 'VerifyCaller', 'Subject Type': 'User' },
        texts: {
          'Subject Name Key': 'username',
          'Data Object Key': 'backchannel:data',
          'Max Time (Seconds)': 300,
        },
      },
      ways: { Created: 'status', 'Unknown Subject': 'Failure', Error: 'Failure' },
    },
    status: {
      type: 'Backchannel Status',
      at: [440, 240],
      form: {
        switches: { 'Record Transaction Data': true },
        texts: { 'Transaction Data Key': 'transaction:data' },
      },
      ways: {
        Pending: 'pending',
        'In Progress': 'inProgress',
        Success: 'message',
        Failure: 'Failure',
        Unknown: 'Failure',
        Error: 'Failure',
      },
    },
    pending: {
      type: 'Polling Wait',
      name: 'Pending Wait',
      at: [440, 520],
      form: {
        texts: { 'Seconds To Wait': 3 },
        english: { 'Waiting Message': 'Waiting for the caller to open the link...' },
      },
      ways: { Done: 'status' },
    },
    inProgress: {
      type: 'Configuration Provider',
      name: 'In Progress Wait',
      at: [440, 660],
      form: { choices: { Script: 'In Progress Wait', 'Node Type': 'Polling Wait' } },
      ways: { Done: 'status', Exited: 'Failure', Spam: 'Failure', 'Configuration failure': 'Failure' },
    },
    message: {
      type: 'User Message to Display',
      name: 'User Message To Display',
      at: [700, 60],
      form: { texts: { 'Message to display': 'User successfully authenticated' } },
      ways: { Success: 'Success' },
    },
  },
}
