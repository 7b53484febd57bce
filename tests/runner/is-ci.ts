/** CI systems set CI to "true" or "1". */
export const isCi = !["", "0", "false"].includes(process.env["CI"] ?? "");
