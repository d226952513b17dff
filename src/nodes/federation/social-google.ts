import { defineNode } from '../define-node.ts'
import { legacySocial, legacySocialSettings } from './legacy-social.ts'

/** Signs in with Google in the legacy way. Source: "Social Google node". */
export const socialGoogle = defineNode({
  ...legacySocial,
  type: 'SocialGoogleNode',
  title: 'Social Google',
  help: 'Authenticates the person with Google and looks up their account.',
  config: () =>
    legacySocialSettings({
      provider: 'google',
      authorizeEndpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
      tokenEndpoint: 'https://www.googleapis.com/oauth2/v4/token',
      userInfoEndpoint: 'https://www.googleapis.com/oauth2/v3/userinfo',
      scopeString: 'profile email',
      authenticationIdKey: 'sub',
      attributes: {
        given_name: 'givenName',
        family_name: 'sn',
        sub: 'iplanet-am-user-alias-list',
        email: 'mail',
        name: 'cn',
      },
    }),
})
