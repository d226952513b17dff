import { defineNode } from '../define-node.ts'
import { legacySocial, legacySocialSettings } from './legacy-social.ts'

/** Signs in with Facebook in the legacy way. Source: "Social Facebook node". */
export const socialFacebook = defineNode({
  ...legacySocial,
  type: 'SocialFacebookNode',
  title: 'Social Facebook',
  help: 'Authenticates the person with Facebook and looks up their account.',
  config: () =>
    legacySocialSettings({
      provider: 'facebook',
      authorizeEndpoint: 'https://www.facebook.com/dialog/oauth',
      tokenEndpoint: 'https://graph.facebook.com/v2.12/oauth/access_token',
      userInfoEndpoint: 'https://graph.facebook.com/v2.6/me?fields=name%2Cemail%2Cfirst_name%2Clast_name',
      scopeString: 'public_profile,email',
      authenticationIdKey: 'id',
      attributes: {
        first_name: 'givenName',
        last_name: 'sn',
        id: 'iplanet-am-user-alias-list',
        email: 'mail',
        name: 'cn',
      },
    }),
})
