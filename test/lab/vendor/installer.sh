#!/bin/bash
BUILD=0
