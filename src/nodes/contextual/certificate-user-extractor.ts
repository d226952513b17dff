import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { defineNode, setting } from '../define-node.ts'
import type { CertificateNames } from '../ports/certificate-port.ts'
import { certificateIn, certificateKey, validCertificateKey } from './certificate-state.ts'

const config = () =>
  z.object({
    certificateAttributeToProfileMapping: setting(
      'Certificate Field Used to Access User Profile',
      'Part of the subject that holds the username. `NONE` uses only the alternative name below.',
      z
        .enum(['SUBJECT_DN', 'SUBJECT_CN', 'SUBJECT_UID', 'EMAIL_ADDRESS', 'OTHER', 'NONE'])
        .default('SUBJECT_CN'),
    ),
    otherCertificateAttributeToProfileMapping: setting(
      'Other Certificate Field Used to Access User Profile',
      'With `OTHER`: the type of that part, such as `serialNumber`, or its object id.',
      z.string().nullish(),
    ),
    certificateAttributeProfileMappingExtension: setting(
      'SubjectAltNameExt Value Type to Access User Profile',
      'Alternative name that is used instead, if the certificate has one: an email address, or the principal name of Active Directory.',
      z.enum(['NONE', 'RFC822_NAME', 'UPN']).default('NONE'),
    ),
  })

/** Finds the person that a certificate names. Source: "Certificate User Extractor node". */
export const certificateUserExtractor = defineNode({
  type: 'product-CertificateUserExtractorNode',
  title: 'Certificate User Extractor',
  help: 'Finds the person that the client’s certificate names. The certificate must have been found valid before.',
  tags: ['contextual'],
  family: 'identity',
  config,
  outcomes: { all: { EXTRACTED: 'Extracted', NOT_EXTRACTED: 'Not Extracted' } },
  reads: () => [certificateKey, validCertificateKey],
  requires: () => [certificateKey, validCertificateKey],
  writes: () => ['username'],
  errors: {
    warn: {
      'no Certificate Validation node has found the certificate valid':
        'There is no certificate, or it reached the node without the outcome `TRUE` of that node. Anyone can write any name into a certificate.',
      'the certificate does not have exactly one such name':
        'The part of the subject, or the alternative name, is missing, or there are several.',
    },
  },
  needs: ['certificates', 'identities'],
  reference: {
    outputs: 'the identified person',
    example: 'After the outcome `TRUE` of **Certificate Validation**.',
    outcomes: {
      EXTRACTED: 'A person has the username in the certificate.',
      NOT_EXTRACTED: 'The certificate is not valid, names nobody, or nobody has the username.',
    },
  },
  async run({ config, state, certificates, identities, log }) {
    const chain = certificateIn(state)
    // rule S39: otherwise a certificate that nothing has checked names a person
    if (chain === undefined || chain !== certificateIn(state, validCertificateKey)) {
      log.warn('no Certificate Validation node has found the certificate valid')
      return goTo('NOT_EXTRACTED')
    }
    const [name, ...others] = valuesIn(await certificates.names(chain), config)
    if (name === undefined || name.trim() === '' || others.length > 0) {
      log.warn('the certificate does not have exactly one such name')
      return goTo('NOT_EXTRACTED')
    }
    const person = await identities.find(name)
    // An object id is no name: an issuer that may certify names can't certify ids.
    if (person?.userName.toLowerCase() !== name.toLowerCase()) return goTo('NOT_EXTRACTED')
    state.putShared('username', person.userName)
    return goTo('EXTRACTED', { identified: { kind: 'user', name: person._id } })
  },
})

function valuesIn(names: CertificateNames, settings: z.infer<ReturnType<typeof config>>): readonly string[] {
  const alternative = { NONE: [], RFC822_NAME: names.emails, UPN: names.principals }
  const preferred = alternative[settings.certificateAttributeProfileMappingExtension]
  return preferred.length > 0 ? preferred : subjectValues(names, settings)
}

function subjectValues(
  { dn, subject }: CertificateNames,
  {
    certificateAttributeToProfileMapping: field,
    otherCertificateAttributeToProfileMapping: other,
  }: z.infer<ReturnType<typeof config>>,
): readonly string[] {
  const types = {
    SUBJECT_CN: 'CN',
    SUBJECT_UID: 'UID',
    EMAIL_ADDRESS: 'EMAILADDRESS',
    OTHER: (other ?? '').trim().toUpperCase(),
  }
  if (field === 'NONE') return []
  return field === 'SUBJECT_DN' ? [dn] : (subject.get(types[field]) ?? [])
}
