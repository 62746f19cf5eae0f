/** The gateway's rules; its ESLint reads this: `../../../gateway/node_modules/.bin/eslint .` */
export { default } from '../../../gateway/eslint.config.js'
