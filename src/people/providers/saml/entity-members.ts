import { done, kept, type Member, type Members, note, refused } from '../../../base/members.ts'
import { nothingChosen } from '../../../base/nothing-chosen.ts'

const wholeOnly = 'only whole assertions can be encrypted (encryption.assertion)'
const places = 'the journey, RelayState and the settings of the realm decide where people go'

/** A class of the vendor. Its default does what is done here. */
const javaClass = (start: string | null): Member => kept(start, 'Java classes are not run')
const plugin = (name: string) => javaClass(`com.sun.identity.saml2.plugins.${name}`)

/** All members of a hosted SAML entity in the vendor's form, by section: what each one does here. */
export const hostedMembers = {
  entityId: done(null),
  entityLocation: note('hosted'),
  identityProvider: refused(null, 'the server hosts service providers only'),
  serviceProvider: {
    assertionContent: {
      signingAndEncryption: {
        requestResponseSigning: {
          authenticationRequest: done(false),
          assertion: done(false),
          postResponse: done(false),
          artifactResponse: kept(
            false,
            'assertions behind artifacts are signed, their envelopes need not be',
          ),
          // Messages about a logout are always signed.
          logoutRequest: note(false),
          logoutResponse: note(false),
          manageNameIdRequest: note(false),
          manageNameIdResponse: note(false),
        },
        encryption: {
          assertion: done(false),
          attribute: refused(false, wholeOnly),
          nameId: refused(false, wholeOnly),
        },
        secretIdAndAlgorithms: kept({}, 'each service provider has keys of its own'),
      },
      nameIdFormat: {
        nameIdFormatList: note([]),
        disableNameIdPersistence: kept(false, 'the nodes of the journey decide what is stored'),
      },
      authenticationContext: {
        authenticationContextMapper: plugin('DefaultSPAuthnContextMapper'),
        authContextItems: done([]),
        authenticationComparisonType: kept('Exact', 'the node says how contexts are compared'),
        includeRequestedAuthenticationContext: done(true),
      },
      assertionTimeSkew: done(300),
      basicAuthentication: kept({}, 'artifacts are resolved without a password'),
    },
    assertionProcessing: {
      attributeMapper: {
        attributeMapper: plugin('DefaultSPAttributeMapper'),
        attributeMap: done([]),
      },
      autoFederation: { autoFedEnabled: done(false), autoFedAttribute: done(null) },
      accountMapping: {
        spAccountMapper: plugin('DefaultSPAccountMapper'),
        useNameIDAsSPUserID: done(false),
        transientUser: done(null),
      },
      responseArtifactMessageEncoding: { encoding: note('URI') },
      url: {
        localAuthenticationUrl: kept(null, places),
        intermediateUrl: kept(null, places),
        externalApplicationLogoutUrl: kept(null, 'applications learn of logouts over OpenID Connect'),
        defaultRelayStateUrl: kept(null, places),
      },
      adapter: {
        spAdapter: javaClass(null),
        spAdapterScript: kept(nothingChosen, 'no such script runs here'),
        spAdapterEnvironment: note([]),
      },
      redirectTreeConfiguration: { redirectTreeName: done(null) },
    },
    services: { metaAlias: done(null), serviceAttributes: note({}) },
    advanced: {
      saeConfiguration: { spUrl: note(null) },
      ecpConfiguration: { ecpRequestIdpListFinderImpl: plugin('ECPIDPFinder') },
      idpProxy: kept({}, 'requests are not passed on to other providers'),
      relayStateUrlList: { relayStateUrlList: kept([], places) },
    },
  },
} satisfies Members
