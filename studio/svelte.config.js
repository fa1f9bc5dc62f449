// SPDX-License-Identifier: MIT
export default { compilerOptions: { css: 'external', runes: true } };
