"""Operations over figures of the reports: operands, their compatibility and Decimal arithmetic."""
