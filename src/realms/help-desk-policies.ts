import { z } from 'zod'
import { levels } from '../engine/level.ts'
import { isHiddenAttribute } from './hidden-attribute.ts'

const name = z.string().trim().min(1, 'must not be empty').max(120)

const attributeSchema = z
  .object({
    name: z
      .string()
      .regex(/^([A-Za-z][\w.-]{0,127})?$/, 'must be the name of an attribute')
      .refine((text) => !isHiddenAttribute(text), 'must not be an attribute with a credential')
      .default('')
      .meta({
        title: 'Attribute',
        description: 'Choose one that people can’t change themselves. If empty, attributes don’t matter.',
        refers: { to: 'attribute' },
      }),
    values: z.array(name).max(50).default([]).meta({
      title: 'Values',
      description: 'One of these must be a value of the attribute. If empty, it must have any value.',
    }),
  })
  .refine((attribute) => attribute.name !== '' || attribute.values.length === 0, {
    path: ['name'],
    message: 'must be the name of an attribute, because there are values',
  })

const peopleSchema = z.object({
  roles: z.array(name).max(50).default([]).meta({
    title: 'Roles',
    description: 'Names of roles at the person, such as agent. One of them suffices.',
  }),
  groups: z.array(name).max(50).default([]).meta({
    title: 'Groups',
    description:
      'Names of groups in memberOf, isMemberOf, groups, effectiveGroups or effectiveRoles. One of them suffices.',
  }),
  attribute: attributeSchema.prefault({}).meta({ title: 'With an attribute' }),
})

const needsSchema = z
  .object({
    level: z
      .literal(levels)
      .default(0)
      .meta({
        title: 'Level',
        description: 'How strongly the caller must prove who they are.',
        options: { enum_titles: ['Any', 'One factor', 'Two factors of different kinds', 'A passkey'] },
      }),
    secondAgent: z.boolean('must be true or false').default(false).meta({
      title: 'A second agent',
      description: 'A second agent has to approve the check.',
    }),
    delayMinutes: z.int().min(0).max(10_080).default(0).meta({
      title: 'Delay (minutes)',
      description:
        'The result can be used only this long after the check, and then for ten minutes. Agents can withdraw it until then.',
    }),
  })
  .refine((needs) => needs.level > 0 || needs.secondAgent || needs.delayMinutes > 0, {
    path: ['level'],
    message: 'must be set, unless the policy needs a second agent or a delay',
  })

/** What an action needs for some people: a level, a second agent or a delay. */
export const policySchema = z.object({
  name: name.meta({ title: 'Name', description: 'Shown to agents as the reason.' }),
  actions: z.array(z.string().min(1).max(120)).max(50).default([]).meta({
    title: 'Actions',
    description:
      'The actions to which the policy applies, from the list of actions. If empty, all, and checks without an action.',
  }),
  people: peopleSchema.prefault({}).meta({
    title: 'People',
    description: 'Everybody, unless roles, groups or an attribute are given. All that are given must match.',
  }),
  needs: needsSchema.meta({ title: 'Needs', default: { level: 0, secondAgent: false, delayMinutes: 0 } }),
})

export type Policy = z.infer<typeof policySchema>
